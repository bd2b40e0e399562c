import { spawn } from "node:child_process"
import { lstat, open, readFile, rename, rm } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { endAll, processesWorkingIn } from "@vibecaas/kernel/processes"
import { systemPath } from "@vibecaas/kernel/programs"
import { signalQuietly } from "@vibecaas/kernel/signal-quietly"
import { readEnd } from "../logs.ts"
import type { Settings } from "../options.ts"
import { findMariadb } from "./programs.ts"
import {
  demand,
  makeServerFolder,
  runAs,
  type ServerAccount,
  serverAccount,
} from "./server-account.ts"

/** The stores' own MariaDB: a data folder and a socket, no network. */
export interface MariadbServer {
  socket: string
  /** holds the socket */
  folder: string
  data: string
  lacks(): string | undefined
  version(): Promise<string>
  started(): Promise<boolean>
  answers(): Promise<boolean>
  /** Starts it where it does not run; makes its data folder when there is none. @throws Fault `unavailable` */
  ensure(): Promise<void>
  /** Runs SQL as its administrator. @returns rows as lines */
  sql(text: string): Promise<string>
  stop(): Promise<void>
}

const startMs = 60_000
const pauseMs = 100

export function openMariadb(settings: Settings): MariadbServer {
  const home = `${settings.dataRoot}/mariadb`
  const data = `${home}/data`
  const folder = `${settings.stateDir}/my`
  const socket = `${folder}/mysqld.sock`
  let account: ServerAccount | undefined
  const who = async () => {
    account ??= await serverAccount()
    return account
  }
  const client = async (text: string) => {
    const own = await who()
    const to = ["--no-defaults", `--socket=${socket}`, `--user=${own.name}`]
    const argv = ["mariadb", ...to, "--batch", "--skip-column-names"]
    return runAs(own, argv, { stdin: text, timeoutMs: 300_000 })
  }
  const started = async () => (await lstat(data).catch(() => undefined)) !== undefined
  // Nobody is asked where there never was a store.
  const answers = async () => {
    if (!(await started())) return false
    const result = await client("select 1").catch(() => undefined)
    return result?.exitCode === 0
  }
  return {
    ...{ socket, folder, data, started, answers, lacks: findMariadb },
    async version() {
      const said = await demand(runAs(await who(), ["mariadbd", "--version"]), "say its version")
      return /Ver (\S+)/.exec(said)?.[1] ?? "unknown"
    },
    async ensure() {
      if (await answers()) return
      const lacks = findMariadb()
      if (lacks) throw fault("unavailable", { say: lacks })
      const own = await who()
      await makeServerFolder(own, home, 0o700)
      await makeServerFolder(own, folder, 0o755)
      if (!(await started())) await initialise(own, data)
      // Processes of a server that no longer answers still hold its data.
      await endAll(() => serversIn(data), rounds(settings))
      await rm(socket, { force: true })
      await start({ account: own, data, socket, home })
      await untilAnswers({ settings, answers, log: `${home}/mariadb.log` })
    },
    sql: async (text) => demand(client(text), "do what it was asked"),
    async stop() {
      if (!(await started())) return
      for (const pid of await serversIn(data)) signalQuietly(pid, "SIGTERM")
      for (let waitedMs = 0; waitedMs < 30_000; waitedMs += pauseMs) {
        if ((await serversIn(data)).length === 0) return
        await settings.clock.sleep(pauseMs)
      }
      await endAll(() => serversIn(data), rounds(settings))
    },
  }
}

/** The folder gets its name when it is complete: a crash in between leaves nothing that looks like one. */
async function initialise(account: ServerAccount, data: string): Promise<void> {
  const unfinished = `${data}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await makeServerFolder(account, unfinished, 0o700)
  const argv = ["mariadb-install-db", "--no-defaults", `--datadir=${unfinished}`]
  const how = ["--skip-test-db", "--auth-root-authentication-method=socket"]
  const admin = `--auth-root-socket-user=${account.name}`
  await demand(runAs(account, [...argv, ...how, admin], { timeoutMs: 300_000 }), "be created")
  await rename(unfinished, data)
}

interface Start {
  account: ServerAccount
  data: string
  socket: string
  home: string
}

/** It outlives us, in a process group of its own. */
async function start({ account, data, socket, home }: Start): Promise<void> {
  const log = await open(`${home}/mariadb.log`, "a", 0o600)
  try {
    const flags = [`--datadir=${data}`, `--socket=${socket}`, "--skip-networking"]
    const small = ["--innodb-buffer-pool-size=64M", "--performance-schema=OFF"]
    const tidy = ["--skip-name-resolve", "--character-set-server=utf8mb4"]
    const argv = ["--no-defaults", ...flags, ...small, ...tidy, `--pid-file=${data}/server.pid`]
    const child = spawn("mariadbd", argv, {
      cwd: data,
      env: { PATH: systemPath, LC_ALL: "C.UTF-8" },
      stdio: ["ignore", log.fd, log.fd],
      detached: true,
      ...(account.uid === undefined ? {} : { uid: account.uid, gid: account.gid }),
    })
    child.on("error", () => {})
    child.unref()
  } finally {
    await log.close()
  }
}

async function untilAnswers(of: {
  settings: Settings
  answers(): Promise<boolean>
  log: string
}): Promise<void> {
  for (let waitedMs = 0; waitedMs < startMs; waitedMs += pauseMs) {
    if (await of.answers()) return
    await of.settings.clock.sleep(pauseMs)
  }
  const { text } = await readEnd(of.log, 2000)
  throw fault("unavailable", {
    say: "The database server of stores does not start.",
    note: text,
    retryable: true,
  })
}

async function serversIn(data: string): Promise<number[]> {
  const pids = await processesWorkingIn(data)
  const names = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")),
  )
  return pids.filter((_, at) => names[at]?.trim() === "mariadbd")
}

const rounds = ({ clock }: Settings) => ({ most: 200, wait: () => clock.sleep(pauseMs) })
