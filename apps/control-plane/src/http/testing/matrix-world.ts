import type { KindName, Kinds } from "@vibecaas/contract/kinds"
import type { TestDatabase } from "../../db/testing/test-database.ts"
import type { TestPerson } from "./test-client.ts"

/** A name of a language model, which nothing here asks. */
export const candidateModel = "anthropic:claude-unused"

/** Organization A, in which each case first makes what it is about. */
export interface MatrixWorld {
  db: TestDatabase
  owner: TestPerson
  organizationId: string
  /** what the kinds keep in files lies below it, by the names of the places */
  root: string
}

/** One call that succeeds for whoever may make it; values for the path, the query and the body. */
export interface MatrixCall {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string>>
  body?: Readonly<Record<string, unknown>>
  /** what is sent in place of JSON, to routes that take bytes */
  bytes?: string | Uint8Array
}

/** How bytes are sent. */
export const asBytes = (text: string | Uint8Array) => ({
  text,
  headers: { "content-type": "application/octet-stream" },
})

/** What a route of the contract needs before it can be called. */
export type Fixture = (world: MatrixWorld) => Promise<MatrixCall>

/** One for every route of a kind: `fixtures` of the `testing/matrix-fixtures.ts` in its folder. */
export type Fixtures<K extends KindName> = Record<keyof Kinds[K]["routes"], Fixture>

export const nothing: Fixture = async () => ({})
export const organization: Fixture = async ({ organizationId }) => ({ params: { organizationId } })

export function withBody(fixture: Fixture, body: MatrixCall["body"] & {}): Fixture {
  return async (world) => ({ ...(await fixture(world)), body })
}

/** The body of a success, as its reply's schema has it. */
export function made<T>(answer: { status: number; body: unknown }): T {
  if (answer.status >= 300) throw new Error(`a fixture failed: ${JSON.stringify(answer.body)}`)
  return answer.body as T
}
