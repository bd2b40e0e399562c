import { readFile, rename, rm, writeFile } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { endAll, processesWorkingIn } from "@vibecaas/kernel/processes"
import type { Settings } from "../options.ts"
import { freePort } from "./free-port.ts"
import { type Found, findPostgres } from "./programs.ts"
import {
  demand,
  makeServerFolder,
  runAs,
  type ServerAccount,
  serverAccount,
} from "./server-account.ts"

/** The stores' own PostgreSQL: a data folder, a socket, and a port of 127.0.0.1. */
export interface PostgresServer {
  /** folder of its socket */
  socket: string
  port(): number
  /** e.g. `15` */
  version(): Promise<string>
  lacks(): Promise<string | undefined>
  /** its data folder is there: it was started once */
  started(): Promise<boolean>
  /** true when it takes connections */
  answers(): Promise<boolean>
  /** Starts it where it does not run; makes its data folder when there is none. @throws Fault `unavailable` */
  ensure(): Promise<void>
  /** Runs SQL as its administrator. @returns rows as lines */
  sql(text: string, database?: string): Promise<string>
  /** absolute path of one of its programs */
  program(name: string): Promise<string>
  stop(): Promise<void>
}

export async function openPostgres(settings: Settings): Promise<PostgresServer> {
  const home = `${settings.dataRoot}/postgres`
  const data = `${home}/cluster`
  const socket = `${settings.stateDir}/pg`
  let port = Number(await readFile(`${home}/port`, "utf8").catch(() => "")) || (await freePort())
  let account: ServerAccount | undefined
  const found = async (): Promise<Found> => {
    const server = await findPostgres(await versionOf(data))
    if (typeof server !== "string") return server
    throw fault("unavailable", { say: server })
  }
  const program = async (name: string) => `${(await found()).bin}/${name}`
  const who = async () => {
    account ??= await serverAccount()
    return account
  }
  const psql = async (text: string, database = "postgres") =>
    runPsql(await program("psql"), await who(), { socket, port, database, text })
  // Nobody is asked where there never was a store.
  const answers = async () => {
    if ((await versionOf(data)) === undefined) return false
    const result = await psql("select 1").catch(() => undefined)
    return result?.exitCode === 0
  }
  return {
    ...{ socket, port: () => port, answers, program },
    version: async () => (await found()).version,
    started: async () => (await versionOf(data)) !== undefined,
    lacks: async () => {
      const server = await findPostgres(await versionOf(data))
      return typeof server === "string" ? server : undefined
    },
    async ensure() {
      if (await answers()) return
      const own = await who()
      for (const [path, mode] of [
        [home, 0o700],
        [socket, 0o755],
      ] as const) {
        await makeServerFolder(own, path, mode)
      }
      if ((await versionOf(data)) === undefined) await initialise({ account: own, data, program })
      if (!(await settled({ settings, data, socket, answers }, port))) {
        const parts = { account: own, data, socket, program }
        const { exitCode } = await runStart(parts, port)
        if (exitCode !== 0) {
          // Another program may have the port by now.
          port = await freePort()
          await demand(runStart(parts, port), "start")
        }
      }
      await writeFile(`${home}/port`, String(port), { mode: 0o600 })
    },
    sql: async (text, database) => demand(psql(text, database), "do what it was asked"),
    async stop() {
      if ((await versionOf(data)) === undefined) return
      const argv = [await program("pg_ctl"), "stop", "-D", data, "-m", "fast", "-w"]
      await runAs(await who(), [...argv, "--timeout=30"], { timeoutMs: 40_000 })
      await endAll(() => serversIn(data), rounds(settings))
    },
  }
}

interface Sql {
  socket: string
  port: number
  database: string
  text: string
}

function runPsql(psql: string, own: ServerAccount, { socket, port, database, text }: Sql) {
  const argv = [psql, "--no-psqlrc", "--quiet", "--no-align", "--tuples-only"]
  const to = [`--host=${socket}`, `--port=${port}`, `--username=${own.name}`]
  const strict = ["--set=ON_ERROR_STOP=1", `--dbname=${database}`]
  return runAs(own, [...argv, ...to, ...strict], { stdin: text, timeoutMs: 300_000 })
}

const versionOf = async (data: string) =>
  (await readFile(`${data}/PG_VERSION`, "utf8").catch(() => undefined))?.trim()

interface Parts {
  account: ServerAccount
  data: string
  socket: string
  program(name: string): Promise<string>
}

/** The folder gets its name when it is complete: a crash in between leaves nothing that looks like one. */
async function initialise({ account, data, program }: Pick<Parts, "account" | "data" | "program">) {
  const unfinished = `${data}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  const argv = [await program("initdb"), "-D", unfinished, "-U", account.name]
  const how = ["--auth=scram-sha-256", "--auth-local=peer", "--encoding=UTF8", "--locale=C.UTF-8"]
  await demand(runAs(account, [...argv, ...how], { timeoutMs: 300_000 }), "be created")
  // Administrators come by the socket as the server's own user; everybody else has a password.
  const rules = [`local all "${account.name}" peer`, "local all all scram-sha-256"]
  const hba = [...rules, "host all all 127.0.0.1/32 scram-sha-256", ""].join("\n")
  await writeFile(`${unfinished}/pg_hba.conf`, hba)
  await rename(unfinished, data)
}

/** Values must not hold spaces: pg_ctl hands them to a shell. */
const ours = {
  listen_addresses: "127.0.0.1",
  max_connections: "400",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  jit: "off",
  dynamic_shared_memory_type: "mmap",
  password_encryption: "scram-sha-256",
  logging_collector: "on",
  log_filename: "postgres-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_size: "0",
}

interface Settling {
  settings: Settings
  data: string
  socket: string
  answers(): Promise<boolean>
}

/**
 * Waits until a server that recovers or ends has done so. What a killed one has left is cleared away:
 * its number may belong to another process by now, for which it would be taken.
 *
 * @returns whether a server answers
 */
async function settled(
  { settings, data, socket, answers }: Settling,
  port: number,
): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < settleMs; waitedMs += pauseMs) {
    if ((await serversIn(data)).length === 0) break
    if (await answers()) return true
    await settings.clock.sleep(pauseMs)
  }
  // They could write to the data after a new server has begun to.
  await endAll(() => serversIn(data), rounds(settings))
  const rests = [`${data}/postmaster.pid`, `${socket}/.s.PGSQL.${port}.lock`]
  for (const path of rests) await rm(path, { force: true })
  return false
}

const pauseMs = 100
const settleMs = 60_000

async function runStart({ account, data, socket, program }: Parts, port: number) {
  const all = { ...ours, port: String(port), unix_socket_directories: socket }
  const flags = Object.entries(all).map(([name, value]) => `-c ${name}=${value}`)
  const argv = [await program("pg_ctl"), "start", "-D", data, "-l", `${data}/startup.log`, "-w"]
  const options = ["--timeout=120", "-o", flags.join(" ")]
  return runAs(account, [...argv, ...options], { timeoutMs: 130_000 })
}

async function serversIn(data: string): Promise<number[]> {
  const pids = await processesWorkingIn(data)
  const names = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")),
  )
  return pids.filter((_, at) => names[at]?.trim() === "postgres")
}

const rounds = ({ clock }: Settings) => ({ most: 200, wait: () => clock.sleep(50) })
