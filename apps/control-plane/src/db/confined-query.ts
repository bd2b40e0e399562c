import type { Duplex } from "node:stream"
import pg from "pg"

/**
 * One statement that sees one organization and can change nothing, in one round trip.
 *
 * Messages up to the next Sync are one transaction (PostgreSQL 18, section 54.2.4): the first one
 * sets the organization for just that transaction, the second one is the statement. When it has
 * ended, or failed, the connection knows of no organization.
 *
 * @param client of this pool and busy with nothing else
 */
export async function confinedQuery(
  client: pg.PoolClient,
  organizationId: string,
  statement: ConfinedStatement,
): Promise<pg.QueryResult> {
  if (!knowing.has(client)) {
    await client.query({ ...confinement, values: [organizationId] })
    knowing.add(client)
  }
  return new Promise((resolve, reject) => {
    const query = new pg.Query(statement.config, statement.values, (error, result) =>
      error ? reject(error) : resolve(result),
    )
    client.query(confine(query, organizationId))
  })
}

export interface ConfinedStatement {
  config: pg.QueryConfig
  values: unknown[] | undefined
}

/** Connections on which the confinement is prepared; a new one learns it by running it alone. */
const knowing = new WeakSet<pg.PoolClient>()

const confinement = {
  name: "confinement",
  text: `select set_config('app.organization', $1, true), set_config('transaction_read_only', 'on', true)`,
}

/** What pg's queries have besides what their types say (pg 8.23, `lib/query.js`). */
interface Hooks {
  submit(connection: Wire): unknown
  handleDataRow(message: unknown): void
  handleCommandComplete(message: unknown, connection: Wire): void
  requiresPreparation(): boolean
}
interface Wire {
  stream: Duplex
  bind(message: { statement: string; values: string[] }): void
  execute(message: object): void
}

/** Puts the confinement before the query, and keeps its answer from the query's rows. */
function confine(query: pg.Query, organizationId: string): pg.Query {
  const hooks = query as unknown as Hooks // not in pg's types
  const { submit, handleDataRow, handleCommandComplete } = hooks
  let confined = false
  // A simple query would end the transaction that the confinement has begun.
  hooks.requiresPreparation = () => true
  hooks.submit = (connection) => {
    connection.stream.cork()
    try {
      connection.bind({ statement: confinement.name, values: [organizationId] })
      connection.execute({})
      return submit.call(query, connection)
    } finally {
      connection.stream.uncork()
    }
  }
  hooks.handleDataRow = (message) => {
    if (confined) handleDataRow.call(query, message)
  }
  hooks.handleCommandComplete = (message, connection) => {
    if (confined) handleCommandComplete.call(query, message, connection)
    confined = true
  }
  return query
}
