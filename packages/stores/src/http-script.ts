/**
 * A script is what a client says to a shop over HTTP, as data: the same steps prove a store of any
 * backend. Values that answers hold are captured by name and put into later steps.
 */
export interface HttpScript {
  steps: readonly HttpStep[]
}

export interface HttpStep {
  /** what a person reads, e.g. `Add the product to a cart` */
  name: string
  /**
   * How far a script has come with this step: `options` looks and chooses, `order` buys, `found` sees
   * the order as a shopkeeper does, `undo` cancels it and is taken whenever an order was placed.
   */
  part: ScriptPart
  /** the process that is asked; the engine's first when absent */
  process?: string
  method: "GET" | "POST" | "PUT" | "DELETE"
  /** `{name}` stands for a variable, here percent-encoded */
  path: string
  /** `{name}` stands for a variable */
  headers?: Readonly<Record<string, string>>
  /** sent as JSON; a text that is nothing but `{name}` becomes the variable with its type */
  body?: Json
  /** statuses that are fine; 200 to 299 when absent */
  status?: readonly number[]
  /** what the JSON answer must say */
  expect?: readonly Expectation[]
  capture?: Readonly<Record<string, Capture>>
  /** longest wait for the answer in `ms`; 15000 when absent */
  timeoutMs?: number
  /**
   * Asked again with a pause until it is fine, for what a shop does behind its answer (jobs, search
   * indexes); once when absent
   */
  tries?: number
}

export const scriptParts = ["options", "order", "found", "undo"] as const
export type ScriptPart = (typeof scriptParts)[number]

/** One place of a JSON answer, as a JSON pointer (RFC 6901), e.g. `/products/0/id`. */
export interface Expectation {
  at: string
  /** exactly this; a text may hold `{name}`. Absent: it must only be there and not be empty */
  equals?: Json
  /** the sentence when it is not so */
  say: string
}

export type Capture =
  | { at: string }
  /** of the first element of the list at `list` whose `where` pointer has the value `is`, what is at `at` */
  | { list: string; where: string; is: Json; at: string }
  | { header: string }

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json }
