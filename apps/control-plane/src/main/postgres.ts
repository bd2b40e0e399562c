import { randomBytes } from "node:crypto"
import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { systemAccount } from "@vibecaas/kernel/system-account"
import { type Binaries, findBinaries, proveRunnable } from "../db/cluster/binaries.ts"
import {
  type ClusterParts,
  dataFolder,
  initialise,
  start,
  stop,
  superuser,
} from "../db/cluster/cluster.ts"
import type { Account, RunProgram } from "../db/cluster/run-as.ts"
import { runningServer, settledServer } from "../db/cluster/running-server.ts"
import { freePort } from "./free-port.ts"

export interface PostgresOptions {
  /** folder of ours; the data directory, owned by the account, and the password lie in it */
  dataDir: string
  /** who the server runs as; as root the system user `vibecaas-db` when absent, else ourselves */
  runAs?: Account
  /** the port to take when it is free; any free one otherwise */
  port?: number
  /** those of the npm package when absent */
  binaries?: Binaries
  log: Log
  run: RunProgram
  clock: Clock
}

export interface RunningPostgres {
  /** connection string of the superuser: for `prepareDatabase`, never for serving */
  adminUrl(database: string): string
  port: number
  /** true when it was running already, e.g. because our server was killed */
  adopted: boolean
  /** false once its process has gone, whoever listens at its port now */
  isAlive(): Promise<boolean>
  /** @param graceMs time to end by itself, before it is killed; a minute when absent */
  stop(graceMs?: number): Promise<void>
}

/**
 * Runs a PostgreSQL of our own on 127.0.0.1: creates it the first time, adopts it when it is
 * still alive, and otherwise starts it, which recovers what a crash left.
 *
 * The server outlives this process; only `stop` ends it.
 *
 * @throws Fault `unavailable` or `disk_full` with a sentence for people
 */
export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const { log, clock } = options
  const parts = await partsOf(options)
  const password = await ensureCluster(parts, log)
  const alive = await settledServer(dataFolder(parts), clock)
  const port = alive?.port ?? (await startOnFreePort(parts, options))
  log.info({ port, adopted: alive !== undefined }, "PostgreSQL is running")
  return {
    adminUrl: (database) => `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`,
    port,
    adopted: alive !== undefined,
    isAlive: async () => (await runningServer(dataFolder(parts))) !== undefined,
    stop: (graceMs) => stop(parts, graceMs === undefined ? {} : { graceMs }),
  }
}

async function partsOf({
  dataDir,
  run,
  clock,
  ...options
}: PostgresOptions): Promise<ClusterParts> {
  const isRoot = process.getuid?.() === 0
  const account = options.runAs ?? (isRoot ? await systemAccount("vibecaas-db") : undefined)
  const binaries = options.binaries ?? (await findBinaries())
  await proveRunnable(binaries, account, run)
  await mkdir(dataDir, { recursive: true })
  // Another account must be able to pass through to its data; the names in here are no secret.
  await chmod(dataDir, account ? 0o711 : 0o700)
  return { dir: dataDir, account, binaries, run, clock }
}

/** Creates the cluster the first time; answers the superuser's password. */
async function ensureCluster(parts: ClusterParts, log: Log): Promise<string> {
  const file = join(parts.dir, "password")
  const kept = await readFile(file, "utf8").catch(() => undefined)
  const exists = await stat(join(dataFolder(parts), "PG_VERSION")).then(
    () => true,
    () => false,
  )
  if (exists && kept) return kept.trim()
  if (exists) {
    throw fault("unavailable", {
      say: `The database's password file ${file} is missing. Put it back from your backup: the data in ${dataFolder(parts)} cannot be opened without it.`,
    })
  }
  log.info({ folder: parts.dir }, "creating the database")
  const password = randomBytes(24).toString("base64url")
  // Before the cluster, so that there is never a cluster whose password nobody knows.
  await writeFile(`${file}.new`, `${password}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  await initialise(parts, { password, sync: true })
  return password
}

async function startOnFreePort(parts: ClusterParts, options: PostgresOptions): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? options.port : undefined)
    try {
      await start(parts, port)
      return port
    } catch (error) {
      // Somebody may have started this very server, or taken the port, in between; a start that
      // fails for another reason fails again.
      const other = await settledServer(dataFolder(parts), options.clock)
      if (other) return other.port
      if (attempt === 3) throw error
      options.log.warn({ err: error, port }, "PostgreSQL did not start; trying another port")
    }
  }
}
