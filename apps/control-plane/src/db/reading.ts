import { invariant } from "@vibecaas/kernel/fault"
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres"
import pg from "pg"
import { confinedQuery } from "./confined-query.ts"
import { throwTranslated } from "./errors.ts"
import type { Statement, Tx } from "./tenant.ts"
import { withConnection } from "./with-connection.ts"

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
    const statement = { config, values }
    return withConnection(
      pool,
      (client) => confinedQuery(client, organizationId, statement),
      lostUnlessRefused,
    )
  }
  const end = () => {
    ended = true
  }
  return action(makeTx(read)).catch(throwTranslated).finally(end)
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

/** After anything but a refusal of the statement nobody knows what the connection is doing. */
async function lostUnlessRefused(_: unknown, error: unknown): Promise<Error | undefined> {
  if (error instanceof pg.DatabaseError && error.severity === "ERROR") return undefined
  return new Error("the connection is lost", { cause: error })
}
