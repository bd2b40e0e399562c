import { invariant } from "@vibecaas/kernel/fault"
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres"
import pg from "pg"
import { confinedQuery } from "./confined-query.ts"
import { translated } from "./errors.ts"
import type { Statement, Tx } from "./tenant.ts"

/**
 * Runs an action that only reads. Each statement is a transaction of its own on a connection of
 * its own, so nothing is held between two of them; like any transaction of ours it sees what is
 * committed when it begins.
 */
export async function reading<T>(
  pool: pg.Pool,
  organizationId: string,
  action: (tx: Tx) => Promise<T>,
): Promise<T> {
  let ended = false
  const read = (config: pg.QueryConfig, values?: unknown[]) => {
    invariant(!ended, "the transaction has ended; nothing may be read with it")
    return readOnce(pool, organizationId, { config, values })
  }
  try {
    return await action(makeTx(read))
  } catch (error) {
    throw translated(error)
  } finally {
    ended = true
  }
}

type Read = (config: pg.QueryConfig, values?: unknown[]) => Promise<pg.QueryResult>

function makeTx(read: Read): Tx {
  let orm: NodePgDatabase | undefined
  return {
    get orm() {
      // Drizzle asks nothing of a client but to run queries.
      orm ??= drizzle({ query: read } as unknown as pg.PoolClient)
      return orm
    },
    async query<Row extends object>({ name, text }: Statement, values: readonly unknown[]) {
      const { rows } = await read({ name, text }, [...values])
      return rows as Row[] // the caller knows its columns
    },
  }
}

async function readOnce(
  pool: pg.Pool,
  organizationId: string,
  statement: { config: pg.QueryConfig; values: unknown[] | undefined },
): Promise<pg.QueryResult> {
  const client = await pool.connect()
  // A connection that dies under the query says so here too; the query fails with it.
  const onError = () => {}
  client.on("error", onError)
  let broken: Error | undefined
  try {
    return await confinedQuery(client, organizationId, statement)
  } catch (error) {
    if (!refusedOnly(error)) broken = new Error("the connection is lost", { cause: error })
    throw error
  } finally {
    client.off("error", onError)
    client.release(broken)
  }
}

/** After anything but a refusal of the statement nobody knows what the connection is doing. */
function refusedOnly(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === "ERROR"
}
