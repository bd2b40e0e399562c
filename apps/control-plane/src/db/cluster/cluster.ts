import { chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { SpawnResult } from "@vibecaas/kernel/spawn"
import type { Binaries } from "./binaries.ts"
import { blockedFolder } from "./blocked-folder.ts"
import { type Account, type RunProgram, runAs } from "./run-as.ts"
import { killServer, runningServer } from "./running-server.ts"

/**
 * A cluster: one data directory of PostgreSQL and the server that runs on it. It listens on
 * 127.0.0.1 only, without a Unix socket, and asks for a password (scram-sha-256).
 */
export interface ClusterParts {
  /** folder that holds the data directory `cluster` */
  dir: string
  account: Account | undefined
  binaries: Binaries
  run: RunProgram
  clock: Clock
  /** further server settings, e.g. `{ fsync: "off" }` for a cluster that tests throw away */
  settings?: Readonly<Record<string, string>>
}

export const superuser = "postgres"

export const dataFolder = (parts: Pick<ClusterParts, "dir">) => join(parts.dir, "cluster")

/**
 * Creates the data directory. It appears under its name only when it is complete, so a crash in
 * between leaves nothing that looks like a cluster.
 */
export async function initialise(
  parts: ClusterParts,
  options: { password: string; sync: boolean },
): Promise<void> {
  const unfinished = `${dataFolder(parts)}.unfinished`
  const passwordFile = join(parts.dir, "password.initdb")
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 })
  await giveTo(parts.account, unfinished, passwordFile)
  try {
    const argv = ["-D", unfinished, "-U", superuser, `--pwfile=${passwordFile}`, ...initOptions]
    if (!options.sync) argv.push("--no-sync")
    const answer = await runAs(parts, parts.binaries.initdb, argv)
    if (answer.exitCode !== 0) await demandPassage(parts, answer)
    demand(answer, "be created")
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(unfinished, dataFolder(parts))
}

// The built-in locale: the same order of texts on every system, and no system locale is needed.
const initOptions = [
  "--auth=scram-sha-256",
  "--encoding=UTF8",
  "--locale-provider=builtin",
  "--builtin-locale=C.UTF-8",
  "--locale=C",
  "--no-instructions",
]

/** Starts the server on a port of 127.0.0.1 and waits until it answers. */
export async function start(parts: ClusterParts, port: number): Promise<void> {
  const settings = { ...ours, ...parts.settings, port: String(port) }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  const answer = await runAs(parts, parts.binaries.pg_ctl, [
    "start",
    "-D",
    dataFolder(parts),
    "-l",
    join(dataFolder(parts), "startup.log"),
    "-w",
    "--timeout=300",
    "-o",
    flags.join(" "),
  ])
  if (answer.exitCode !== 0) demand(answer, "start", await lastLines(parts))
}

/** Says which folder keeps the database's user from its data, if one does. */
async function demandPassage({ dir, account }: ClusterParts, answer: SpawnResult): Promise<void> {
  const folder = account && (await blockedFolder(dir, account))
  if (folder === undefined) return
  throw fault("unavailable", {
    say: `The database's user (id ${account?.uid}) may not pass through ${folder}. Allow it with "chmod o+x ${folder}", or set VIBECAAS_DATA to another folder.`,
    note: String(answer.stderr).trim(),
  })
}

// Values must not hold spaces: pg_ctl hands them to a shell. Logs: one file a weekday, so a week.
const ours = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  max_wal_size: "256MB",
  jit: "off",
  // Not in /dev/shm, which others may empty and containers keep small.
  dynamic_shared_memory_type: "mmap",
  password_encryption: "scram-sha-256",
  logging_collector: "on",
  log_filename: "postgres-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_size: "0",
}

/**
 * Ends the server and waits for it; open transactions roll back. One that does not heed within
 * `graceMs` is killed: what was committed is safe, the next start recovers it.
 */
export async function stop(
  parts: ClusterParts,
  { mode = "fast", graceMs = 60_000 }: { mode?: "fast" | "immediate"; graceMs?: number } = {},
): Promise<void> {
  const folder = dataFolder(parts)
  if (!(await runningServer(folder))) return
  const wait = ["-w", `--timeout=${Math.ceil(graceMs / 1000)}`]
  await runAs(parts, parts.binaries.pg_ctl, ["stop", "-D", folder, "-m", mode, ...wait])
  if (await runningServer(folder)) await killServer(folder, parts.clock)
}

async function giveTo(account: Account | undefined, ...paths: string[]): Promise<void> {
  if (!account) return
  for (const path of paths) await chown(path, account.uid, account.gid)
}

function demand(answer: SpawnResult, what: string, log = ""): void {
  if (answer.exitCode === 0) return
  const full = /No space left on device/.test(`${log}${answer.stderr}`)
  throw fault(full ? "disk_full" : "unavailable", {
    say: full
      ? "The database cannot start: the disk is full. Free some space and start again; nothing is lost."
      : `The database could not ${what}.`,
    note: [answer.stdout, answer.stderr, log].map(String).join("\n").trim(),
  })
}

/** What the server said before it gave up. */
async function lastLines(parts: ClusterParts): Promise<string> {
  const file = join(dataFolder(parts), "startup.log")
  const text = await readFile(file, "utf8").catch(() => "")
  return text.split("\n").slice(-15).join("\n")
}
