import type { Log } from "@vibecaas/kernel/log"
import {
  createPostgresBackend,
  type PostgresConnectionOptions,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from "bullmq"
import pg from "pg"
import type { Offer } from "./leases.ts"
import type { QueueBackend, QueueWorker, WorkOptions } from "./queue.ts"

/** The schema of BullMQ's own tables. */
export const queueSchema = "bullmq"

/**
 * Creates or updates BullMQ's tables; idempotent, several may start together. Nothing migrates by
 * itself.
 *
 * @param client one session (not a pool) of a role that may create the schema
 */
export async function migrateQueue(client: pg.ClientBase): Promise<void> {
  await runMigrations(client, queueSchema)
}

/**
 * Lets `role` be the one that `postgresQueue` signs in as; repeat it after each `migrateQueue`.
 *
 * BullMQ creates a sequence when a queue is first used, so the role must be able to; those are its
 * own, and only of ours can we give away rights.
 */
export async function grantQueue(client: pg.ClientBase, role: string): Promise<void> {
  const grantee = pg.escapeIdentifier(role)
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     where c.relnamespace = $1::regnamespace and c.relkind = 'S'
       and pg_has_role(c.relowner, 'usage')`,
    [queueSchema],
  )
  await client.query(`grant usage, create on schema ${queueSchema} to ${grantee}`)
  await client.query(
    `grant select, insert, update, delete, truncate on all tables in schema ${queueSchema}
     to ${grantee}`,
  )
  for (const { name } of rows) {
    await client.query(`grant usage, select on sequence ${name} to ${grantee}`)
  }
}

export interface PostgresQueueOptions {
  /** direct to PostgreSQL: LISTEN does not pass PgBouncer in transaction mode */
  connectionString: string
  log: Log
  /** each loop keeps one connection for LISTEN, and needs at least one more to work */
  connectionsMax?: number
}

/** BullMQ on PostgreSQL, with a pool of its own. */
export function postgresQueue(options: PostgresQueueOptions): QueueBackend {
  const pool = new pg.Pool({
    connectionString: options.connectionString,
    options: `-c search_path=${queueSchema}`,
    max: options.connectionsMax ?? 24,
    keepAlive: true,
    application_name: "vibecaas-queue",
  })
  // Two for each loop: BullMQ listens for errors once a queue and once a worker.
  pool.setMaxListeners(0)
  pool.on("error", (error) => options.log.debug({ err: error }, "the queue lost a connection"))
  // A real pool; only the overloads of `query` in its types are not the ones BullMQ describes.
  const connection = pool as unknown as PostgresConnectionOptions
  const { Queue: PgQueue, Worker: PgWorker } = withBackend(createPostgresBackend)
  return bullmqQueue("postgres", {
    queue: (name) => new PgQueue<Job>(name, { connection, ...queueOptions }),
    worker: (name, handle, tuning) => new PgWorker<Job>(name, handle, { connection, ...tuning }),
    end: () => pool.end(),
    log: options.log,
  })
}

/** BullMQ on Redis; needs `ioredis` and a Redis with `maxmemory-policy noeviction`. */
export function redisQueue(options: { url: string; log: Log }): QueueBackend {
  return bullmqQueue("redis", {
    queue: (name) => new Queue<Job>(name, { connection: { url: options.url }, ...queueOptions }),
    worker: (name, handle, tuning) =>
      new Worker<Job>(name, handle, {
        connection: { url: options.url, maxRetriesPerRequest: null },
        ...tuning,
      }),
    end: async () => {},
    log: options.log,
  })
}

interface Job {
  key: string
}

/** What we use of either back end's queue and worker. */
interface JobQueue {
  addBulk(jobs: { name: string; data: Job; opts: { jobId: string } }[]): Promise<unknown>
  on(event: "error", listener: (error: Error) => void): unknown
  close(): Promise<void>
}
interface JobWorker {
  on(event: "error", listener: (error: Error) => void): unknown
  close(): Promise<void>
}
type Handle = (job: { data: Job }) => Promise<void>

interface Maker {
  queue(name: string): JobQueue
  worker(
    name: string,
    handle: Handle,
    tuning: typeof workerTuning & { concurrency: number },
  ): JobWorker
  end(): Promise<void>
  log: Log
}

const queueOptions = {
  defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  streams: { events: { maxLen: 100 } },
}

/** With these a job whose worker was killed is taken up within 10 s, however often that happens. */
const workerTuning = {
  lockDuration: 5_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000_000,
  runRetryDelay: 1_000,
} satisfies Partial<WorkerOptions>

function bullmqQueue(name: string, maker: Maker): QueueBackend {
  const queues = new Map<string, JobQueue>()
  const queueOf = (loop: string): JobQueue => {
    const known = queues.get(loop)
    if (known) return known
    const made = maker.queue(queueName(loop))
    made.on("error", (error) => maker.log.debug({ err: error, loop }, "the queue failed"))
    queues.set(loop, made)
    return made
  }
  return {
    name,
    offer: async (loop, offers) => {
      if (offers.length > 0) await queueOf(loop).addBulk(offers.map(jobOf))
    },
    work: (options) => startWorker(maker, options),
    close: async () => {
      await Promise.allSettled([...queues.values()].map((queue) => queue.close()))
      await maker.end()
    },
  }
}

/** BullMQ keeps `:` for itself. */
const queueName = (loop: string) => `loop-${loop}`

/**
 * An id that is queued or at work already is not added again. The fence is part of it so that a
 * wake during a turn, or after the death of a worker, makes a job of its own.
 */
const jobOf = ({ key, fence }: Offer) => ({
  name: "offer",
  data: { key },
  opts: { jobId: `${key}#${fence}` },
})

function startWorker(maker: Maker, options: WorkOptions): QueueWorker {
  const worker = maker.worker(
    queueName(options.loop),
    async (job) => options.handle(job.data.key),
    { ...workerTuning, concurrency: options.concurrency },
  )
  // A lost connection or lock is no news: rows and leases decide what happens next.
  worker.on("error", (error) => options.log.debug({ err: error }, "the queue's worker failed"))
  return { close: () => worker.close() }
}
