import type { NodePgDatabase } from "drizzle-orm/node-postgres"

/** A statement that PostgreSQL prepares once per connection under its name. */
export interface Statement {
  name: string
  text: string
}

/** One transaction that sees the rows of one organization. */
export interface Tx {
  /** Drizzle, bound to this transaction */
  readonly orm: NodePgDatabase
  /** runs a named prepared statement: for hot paths and for what Drizzle cannot say */
  query<Row extends object>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
}

/** The server's only door to tenant data. */
export interface Database {
  /**
   * Runs `action` in one transaction that sees `organizationId` and nothing else; commits when it
   * returns, rolls back when it throws.
   *
   * @throws Fault `unavailable` when the database cannot be reached
   */
  inOrganization<T>(organizationId: string, action: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * The same for an action that only reads, at a third of the round trips: PostgreSQL refuses every
   * change, and each statement sees what is committed when it begins.
   *
   * @throws Fault `unavailable` when the database cannot be reached
   */
  readOrganization<T>(organizationId: string, action: (tx: Tx) => Promise<T>): Promise<T>
  /**
   * Runs `action` with no organization set: tenant tables are empty to it; it is for the named
   * SECURITY DEFINER functions, which return no more than they say.
   */
  asPlatform<T>(action: (tx: Tx) => Promise<T>): Promise<T>
}
