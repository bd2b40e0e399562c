import { organizationId as organizationIdSchema } from "@vibecaas/contract/kinds/tenants"
import { invariant } from "@vibecaas/kernel/fault"
import { drizzle } from "drizzle-orm/node-postgres"
import pg from "pg"
import { throwTranslated, translatedCommit } from "./errors.ts"
import { reading } from "./reading.ts"
import type { Database, Statement, Tx } from "./tenant.ts"
import { withConnection } from "./with-connection.ts"

/**
 * The door to tenant data: every transaction names its organization before anything else.
 *
 * One query at a time in a transaction: `pg` refuses to queue on a busy connection, so no
 * `Promise.all` over one `Tx`.
 */
export function makeDatabase(pool: pg.Pool): Database {
  return {
    inOrganization: async (organizationId, action) => {
      const id = organizationIdSchema.parse(organizationId)
      const begin = `begin; set local app.organization = ${pg.escapeLiteral(id)}`
      return transaction(pool, begin, action)
    },
    readOrganization: async (organizationId, action) =>
      reading(pool, organizationIdSchema.parse(organizationId), action),
    asPlatform: (action) => transaction(pool, "begin", action),
  }
}

function transaction<T>(pool: pg.Pool, begin: string, action: (tx: Tx) => Promise<T>): Promise<T> {
  const run = (client: pg.PoolClient) => commitOrRollBack(client, begin, action)
  return withConnection(pool, run, rollBack).catch(throwTranslated)
}

async function commitOrRollBack<T>(
  client: pg.PoolClient,
  begin: string,
  action: (tx: Tx) => Promise<T>,
): Promise<T> {
  await client.query(begin)
  const { tx, end } = makeTx(client)
  try {
    const answer = await action(tx)
    end()
    const { command } = await client.query("commit").catch((error: unknown) => {
      throw translatedCommit(error)
    })
    // PostgreSQL answers a commit of a failed transaction with ROLLBACK, not with an error.
    invariant(command === "COMMIT", "a statement failed in this transaction and its error was lost")
    return answer
  } finally {
    end()
  }
}

function makeTx(client: pg.PoolClient): { tx: Tx; end: () => void } {
  let ended = false
  const open = () => invariant(!ended, "the transaction has ended; nothing may be read with it")
  const guarded = guardedClient(client, open)
  const query = async <Row extends object>(
    { name, text }: Statement,
    values: readonly unknown[],
  ) => {
    open()
    const { rows } = await client.query<Row>({ name, text, values: [...values] })
    return rows
  }
  return {
    tx: { orm: drizzle(guarded), query },
    end: () => {
      ended = true
    },
  }
}

/** The connection as Drizzle sees it: it stops answering when the transaction is over. */
function guardedClient(client: pg.PoolClient, open: () => void): pg.PoolClient {
  return new Proxy(client, {
    get(target, property) {
      if (property === "query") open()
      const value: unknown = Reflect.get(target, property)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
}

/** Answers the reason to throw the connection away, if it cannot roll back. */
async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query("rollback")
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
