import { systemClock } from "@vibecaas/kernel/clock"
import { type Log, silentLog } from "@vibecaas/kernel/log"
import pg from "pg"
import { type Key, keyText } from "../key.ts"
import { type Listener, makeListener } from "../listen.ts"
import type { LoopDefinition, Turn } from "../loop.ts"
import { type Loops, type LoopsOptions, makeLoops } from "../loops.ts"
import { done, type Next } from "../next.ts"
import { reconcileSchema } from "../schema.ts"
import { startTestPostgres, type TestPostgres } from "./postgres.ts"
import { recordingLog } from "./recording-log.ts"

/** A PostgreSQL with this package's tables, and loops on it. */
export interface World {
  postgres: TestPostgres
  pool: pg.Pool
  logged: string[]
  /** loops that are stopped at the end of the world, with these definitions, not yet started */
  loops(options?: Partial<LoopsOptions>): Loops
  /** loops of one definition, started */
  start(definition: LoopDefinition, options?: Partial<LoopsOptions>): Promise<Started>
  /** stops what was started, keeps the database */
  stopLoops(): Promise<void>
  end(): Promise<void>
}

export interface Started {
  loops: Loops
  wake(id: string): Promise<void>
}

export async function makeWorld(): Promise<World> {
  const postgres = await startTestPostgres()
  await migrate(postgres.connectionString)
  const { log, lines } = recordingLog()
  const pool = makePool(postgres.connectionString)
  let made: { loops: Loops; listener: Listener }[] = []
  const world: World = {
    postgres,
    pool,
    logged: lines,
    loops: (options) => {
      const listener = listenerOf(postgres)
      const loops = makeLoops({ ...defaults(pool, log), listener, ...options })
      made.push({ loops, listener })
      listener.start()
      return loops
    },
    start: async (definition, options) => {
      const loops = world.loops(options)
      const handle = loops.add(definition)
      await loops.start()
      return { loops, wake: (id) => handle.wake(key(id)) }
    },
    stopLoops: async () => {
      const ending = made
      made = []
      await Promise.all(ending.map(({ loops }) => loops.stop(1_000)))
      await Promise.all(ending.map(({ listener }) => listener.close()))
    },
    end: async () => {
      await world.stopLoops()
      await pool.end()
      await postgres.remove()
    },
  }
  return world
}

/** A process of the server has one; that it reconnects is no news to a test. */
const listenerOf = ({ connectionString: url }: TestPostgres) =>
  makeListener({ url, clock: systemClock, log: silentLog })

let instances = 0

function defaults(pool: pg.Pool, log: Log): Omit<LoopsOptions, "listener"> {
  instances += 1
  return {
    pool,
    clock: systemClock,
    log,
    backoff: { delayMs: 20, delayMsMax: 100, jitter: 0.2 },
    holder: { holder: `test-${instances}`, instance: `test-${instances}-${process.pid}` },
  }
}

async function migrate(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(reconcileSchema)
  await client.query(
    `create table journal (seq bigint generated always as identity, key text not null,
       worker text not null, event text not null, fence bigint)`,
  )
  await client.end()
}

export function makePool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 12, keepAlive: true })
  // Connections end with the server in some tests.
  pool.on("error", () => {})
  return pool
}

export const key = (id: string): Key => ({ organizationId: "org_1", id })

/** A loop that sweeps once at start-up and never again while a test lasts. */
export function definition(
  reconcile: (turn: Turn) => Promise<Next>,
  more: Partial<LoopDefinition> = {},
): LoopDefinition {
  instances += 1
  return {
    name: `things_${instances}`,
    description: "Sees to things.",
    concurrency: 5,
    sweepEveryMs: 600_000,
    due: async () => [],
    reconcile,
    ...more,
  }
}

/** Turns that wait to be told how to end; remembers how many began, in all and at once per key. */
export function gate() {
  const open = new Map<string, (next: Next) => void>()
  const began: string[] = []
  let overlaps = 0
  return {
    began,
    overlaps: () => overlaps,
    running: (id: string) => open.has(keyText(key(id))),
    reconcile: (turn: Turn): Promise<Next> => {
      const text = keyText(turn.key)
      if (open.has(text)) overlaps += 1
      began.push(turn.key.id)
      return new Promise((resolve) => open.set(text, resolve))
    },
    finish: (id: string, next: Next = done) => {
      const text = keyText(key(id))
      const end = open.get(text)
      open.delete(text)
      end?.(next)
    },
  }
}

/** The lease row of a key, as far as tests ask. */
export async function leaseRow(pool: pg.Pool, loop: string, id: string) {
  const { rows } = await pool.query<{
    due: boolean
    held: boolean
    failures: number
    rest: boolean
  }>(
    `select coalesce(next_at <= now(), false) as due, holder is not null as held, failures,
       next_at is null and holder is null as rest
     from reconcile_leases where loop = $1 and key = $2`,
    [loop, keyText(key(id))],
  )
  return rows[0]
}

export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query("begin")
    const answer = await work(client)
    await client.query("commit")
    return answer
  } catch (error) {
    await client.query("rollback")
    throw error
  } finally {
    client.release()
  }
}
