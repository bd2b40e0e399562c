import type { Leftover } from "../../backend.ts"
import type { Database, DatastoreKind } from "../../engine.ts"
import type { StoreRecord } from "./record.ts"

/** Where stores of one kind of database keep their data: what the local backend asks of it. */
export interface Datastore {
  readonly kind: DatastoreKind
  /** nothing, or the sentence why it cannot be had here, with the command that mends it */
  lacks(): Promise<string | undefined>
  /** How a store connects to its own; pure. @param secrets of the store */
  connection(storeId: string, secrets: Readonly<Record<string, string>>): Database
  /** paths beside the store's own that its programs must see */
  sees: readonly string[]
  /**
   * Makes the store's database and role, or adopts them, with the password of now; starts its server.
   *
   * @param template name of a template database that a new one is a copy of
   */
  ensure(store: StoreRecord, options: { password: string; template?: string }): Promise<void>
  /** Starts its server where it was used before and does not run. @throws Fault `unavailable` */
  wake(): Promise<void>
  state(storeId: string): Promise<"absent" | "unreachable" | "ready">
  /** what it takes, in MiB */
  size(storeId: string): Promise<number | undefined>
  /** Writes everything to a file. @returns what wrote it, e.g. `pg_dump 15.14` */
  dump(store: StoreRecord, to: Dump): Promise<string>
  /** Puts a dump in the place of all that there is. */
  load(store: StoreRecord, from: Dump): Promise<void>
  /** Removes database and role; what is gone is fine. */
  drop(storeId: string): Promise<void>
  /** looks for what is left of a store */
  leftovers(storeId: string): Promise<Leftover[]>
  /** stores of which a database is there */
  list(): Promise<string[]>
  templates?: Templates
  /** ends its server */
  close(): Promise<void>
}

export interface Dump {
  /** absolute; the backend's own */
  file: string
  password: string
  /** runs programs as the store, so that what is in its data can do no more than it */
  run: RunTool
}

export interface Tool {
  argv: readonly string[]
  env?: Readonly<Record<string, string>>
  /** what it reads; nothing when absent */
  stdinFile?: string
  /** where its standard output goes; dropped when absent */
  stdoutFile?: string
  /** its input, kept nowhere */
  stdin?: string
  readOnly?: readonly string[]
  timeoutMs: number
}

/** @throws Fault `spawn_failed` with its last words when it does not end with 0 */
export type RunTool = (tool: Tool) => Promise<void>

/** Databases of which new stores begin as a copy, one for each version of an engine. */
export interface Templates {
  has(name: string): Promise<boolean>
  /**
   * Makes one: an empty database that `fill` fills, and that is a template only when all went well.
   *
   * @param fill gets a store's connection to it
   */
  make(name: string, fill: (database: Database) => Promise<void>): Promise<void>
}
