import type pg from "pg"

/**
 * Runs an action on a connection of the pool.
 *
 * @param breaks why the connection must be thrown away after a failure; nothing when it is still good
 */
export async function withConnection<T>(
  pool: pg.Pool,
  action: (client: pg.PoolClient) => Promise<T>,
  breaks: (client: pg.PoolClient, error: unknown) => Promise<Error | undefined>,
): Promise<T> {
  const client = await pool.connect()
  // A connection that dies between two queries says so here; the next query fails with it.
  const onError = () => {}
  client.on("error", onError)
  let broken: Error | undefined
  try {
    return await action(client)
  } catch (error) {
    broken = await breaks(client, error)
    throw error
  } finally {
    client.off("error", onError)
    client.release(broken)
  }
}
