import { randomBytes } from "node:crypto"
import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { findBinaries, proveRunnable } from "../db/cluster/binaries.ts"
import {
  type ClusterParts,
  dataFolder,
  initialise,
  start,
  stop,
  superuser,
} from "../db/cluster/cluster.ts"
import type { Account, RunProgram } from "../db/cluster/run-as.ts"
import { forgetDeadServer, runningServer } from "../db/cluster/running-server.ts"
import { databaseAccount } from "./postgres-account.ts"

export interface PostgresOptions {
  /** folder of ours; the data directory, owned by the account, and the password lie in it */
  dataDir: string
  /** who the server runs as; as root the system user `vibecaas-db` when absent, else ourselves */
  runAs?: Account
  /** the port to take when it is free; any free one otherwise */
  port?: number
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
  stop(): Promise<void>
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
  const { log, run } = options
  const account =
    options.runAs ?? (process.getuid?.() === 0 ? await databaseAccount(run) : undefined)
  const parts = { dir: options.dataDir, account, binaries: await findBinaries(), run }
  await proveRunnable(parts.binaries, account, run)
  await mkdir(parts.dir, { recursive: true })
  // Another account must be able to pass through to its data; the names in here are no secret.
  await chmod(parts.dir, account ? 0o711 : 0o700)

  const password = await ensureCluster(parts, log)
  const alive = await runningServer(dataFolder(parts))
  const port = alive?.port ?? (await startOnFreePort(parts, options))
  log.info({ port, adopted: alive !== undefined }, "PostgreSQL is running")
  return {
    adminUrl: (database) => `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`,
    port,
    adopted: alive !== undefined,
    stop: () => stop(parts),
  }
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
  await untilDeadServerIsGone(parts, options.clock)
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(attempt === 1 ? options.port : undefined)
    try {
      await start(parts, port)
      return port
    } catch (error) {
      // Somebody may have taken the port in between; a start that fails for another reason fails again.
      if (attempt === 3) throw error
      options.log.warn({ err: error, port }, "PostgreSQL did not start; trying another port")
    }
  }
}

async function untilDeadServerIsGone(parts: ClusterParts, clock: Clock): Promise<void> {
  for (let waited = 0; !(await forgetDeadServer(dataFolder(parts))); waited += 100) {
    if (waited >= 30_000) {
      throw fault("unavailable", {
        say: `Processes of an earlier database server still use ${dataFolder(parts)}. End them, then start again.`,
      })
    }
    await clock.sleep(100)
  }
}

/** `wanted` when nobody listens there on 127.0.0.1, else a port that is free now. */
async function freePort(wanted: number | undefined): Promise<number> {
  return (await canListen(wanted ?? 0)) ?? (await canListen(0)) ?? 0
}

function canListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", () => resolve(undefined))
    server.listen(port, "127.0.0.1", () => {
      const address = server.address()
      const found = typeof address === "object" && address ? address.port : undefined
      server.close(() => resolve(found))
    })
  })
}
