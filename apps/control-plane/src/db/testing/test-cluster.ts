import { randomBytes } from "node:crypto"
import { chmod, cp, mkdtemp, readdir, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { run } from "@vibecaas/kernel/spawn"
import pg from "pg"
import { type Binaries, findBinaries, proveRunnable } from "../cluster/binaries.ts"
import { type ClusterParts, dataFolder, initialise, start, stop } from "../cluster/cluster.ts"
import type { Account } from "../cluster/run-as.ts"
import { runningServer } from "../cluster/running-server.ts"
import { prepareDatabase } from "../prepare.ts"

/**
 * PostgreSQL for tests: fast instead of safe (no fsync), in a temporary folder whose name tells
 * which process it belongs to, so that a later run removes what a killed one left.
 */
export interface TestCluster {
  adminUrl: string
  remove(): Promise<void>
}

export const templateName = "vibecaas_template"
/** Passwords of the server's roles in tests. */
export const testPasswords = { app: "test-app", auth: "test-auth", queue: "test-queue" }

const prefix = "vibecaas-test-postgres-"

/** A cluster with a migrated template database. */
export async function startTestCluster(): Promise<TestCluster> {
  await removeLeftovers()
  const cluster = await startBareCluster()
  await makeTemplate(cluster.adminUrl)
  return cluster
}

/** A cluster as PostgreSQL makes it: none of our roles, no database of ours. */
export async function startBareCluster(): Promise<TestCluster> {
  const parts = await makeParts()
  const password = randomBytes(12).toString("hex")
  await initialise(parts, { password, sync: false })
  const port = await freePort()
  await start(parts, port)
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  return { adminUrl, remove: () => remove(parts) }
}

async function makeParts(): Promise<ClusterParts> {
  const dir = await testFolder()
  return { dir, run, clock: systemClock, settings: fast, ...(await runnable(dir)) }
}

/** A folder that other accounts may enter, and that a later run removes if this one cannot. */
export async function testFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  await chmod(dir, 0o755)
  return dir
}

/**
 * An account that may run PostgreSQL, which refuses to be root, and programs that it can reach.
 * `nobody` may do for data that lives for a minute.
 */
export async function runnable(
  dir: string,
): Promise<{ account: Account | undefined; binaries: Binaries }> {
  const account = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined
  return { account, binaries: await reachableBinaries(await findBinaries(), account, dir) }
}

const fast = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  shared_buffers: "64MB",
  autovacuum: "off",
  logging_collector: "off",
}

/** The binaries themselves or, when the account cannot reach them in a private home, a copy. */
async function reachableBinaries(
  binaries: Binaries,
  account: Account | undefined,
  dir: string,
): Promise<Binaries> {
  try {
    await proveRunnable(binaries, account, run)
    return binaries
  } catch {
    const native = join(dir, "native")
    await cp(dirname(dirname(binaries.postgres)), native, {
      recursive: true,
      verbatimSymlinks: true,
    })
    const bin = join(native, "bin")
    const copied = {
      initdb: join(bin, "initdb"),
      pg_ctl: join(bin, "pg_ctl"),
      postgres: join(bin, "postgres"),
    }
    await proveRunnable(copied, account, run)
    return copied
  }
}

async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`create database ${templateName}`)
  await admin.end()
  const url = new URL(adminUrl)
  url.pathname = templateName
  await prepareDatabase(url.href, { passwords: testPasswords })
}

async function remove(parts: ClusterParts): Promise<void> {
  await stop(parts, { mode: "immediate" })
  await rm(parts.dir, { recursive: true, force: true })
}

/** Clusters of runs that were killed. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(prefix)) continue
    const pid = Number(name.slice(prefix.length).split("-")[0])
    if (isAlive(pid)) continue
    const dir = join(tmpdir(), name)
    const server = await runningServer(dataFolder({ dir }))
    // An immediate shutdown: the data is thrown away.
    if (server) signalQuietly(server.pid, "SIGQUIT")
    await rm(dir, { recursive: true, force: true }).catch(() => {}) // another user's: not ours to remove
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" // alive, but another user's
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}
