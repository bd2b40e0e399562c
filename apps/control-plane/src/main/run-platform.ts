import type { ChildProcess } from "node:child_process"
import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { type Log, makeLog } from "@vibecaas/kernel/log"
import { systemAccount } from "@vibecaas/kernel/system-account"
import type { Account } from "../db/cluster/run-as.ts"
import { makeBanner, type Tell } from "./banner.ts"
import type { Config } from "./config.ts"
import { addressFault } from "./free-port.ts"
import { lockInstance } from "./instance-lock.ts"
import { type Launcher, makeLauncher } from "./launcher.ts"
import { lendCompiled } from "./lend-compiled.ts"
import { type LogFile, openLogFile } from "./log-file.ts"
import { givePlaces, makePlaces } from "./make-places.ts"
import type { ServerInput } from "./messages.ts"
import { dashboardIsBuilt, type Places } from "./places.ts"
import { openDatabase } from "./platform-database.ts"
import { readSecrets } from "./secrets.ts"
import { startServerProcess } from "./server-process.ts"
import { listenForStop, type StopSignals } from "./stop-signals.ts"
import { type Supervisor, superviseServer } from "./supervisor.ts"

/**
 * Starts the database, the launcher of machines and the server, keeps them running, and ends them
 * in the opposite order.
 *
 * @returns the exit code: 0 after an orderly end, 1 when it cannot run, 130 when hurried
 * @throws Fault with a sentence when something that it needs is missing
 */
export async function runPlatform(config: Config, places: Places): Promise<number> {
  const tell: Tell = (line) => process.stdout.write(`${line}\n`)
  const clash = await addressFault(config)
  // Whoever runs on this very data is told of below; a first start leaves nothing behind.
  if (clash && !existsSync(places.data)) throw clash
  await makePlaces(places)
  const lock = await lockInstance(places.data, { pid: process.pid, url: config.publicUrl })
  if (!lock.taken) {
    tell(
      `VibeCaaS is already running at ${lock.running.url} (process ${lock.running.pid}) on this data.`,
    )
    return 1
  }
  try {
    if (clash) throw clash
    if (!dashboardIsBuilt())
      throw fault("unavailable", { say: "The dashboard is not built. Start with bin/start." })
    return await runLocked(config, places, tell)
  } finally {
    await lock.release()
  }
}

interface Around {
  config: Config
  places: Places
  tell: Tell
  /** who the server runs as; ourselves when absent */
  account: Account | undefined
  /** where Node finds what it compiled before, if anywhere */
  compiled: string | undefined
  logFile: LogFile
  log: Log
}

async function runLocked(config: Config, places: Places, tell: Tell): Promise<number> {
  const account = process.getuid?.() === 0 ? await systemAccount("vibecaas") : undefined
  await givePlaces(places, account)
  const stopper = listenForStop(() => tell("Stopping. Press Ctrl-C again to stop at once."))
  const path = join(places.logs, "platform.log")
  const logFile = await openLogFile({ path, bytesMax: logBytesMax, clock: systemClock })
  try {
    const log = makeLog({ level: config.logLevel, fd: logFile.fd })
    const compiled = await lendCompiled(account)
    const around = { config, places, tell, account, compiled, logFile, log }
    const ended = await runParts(around, stopper)
    tell("Stopped.")
    return ended === "asked" ? 0 : 1
  } finally {
    await logFile.close()
  }
}

const logBytesMax = 50 * 1024 * 1024

/**
 * From the database up to the server, and down again however it ends.
 *
 * @returns "asked", or the sentence why it could not go on
 */
async function runParts(around: Around, stopper: StopSignals): Promise<string> {
  const { config, places, tell, log } = around
  await using ends = new AsyncDisposableStack()
  const secrets = await readSecrets(places.secrets, config.masterKeyFile)
  tell(config.databaseUrl ? "Preparing the database." : "Starting the database.")
  const database = await openDatabase({ config, places, secrets, tell, log, clock: systemClock })
  ends.defer(() => database.stop())
  const launcher = await makeLauncher(around)
  ends.defer(() => launcher.close())
  const input = { config: withPassword(config), places, secrets, databaseUrls: database.urls }
  const server = startServer(around, launcher, input)
  ends.defer(() => server.stop(graceMs))
  database.keep((databaseUrls) => void server.restart({ ...input, databaseUrls }, graceMs))
  // Machines die with this process.
  stopper.onHurry(() => {
    server.kill()
  })
  const ended = await Promise.race([stopper.asked, server.gaveUp])
  if (ended !== "asked") tell(`${ended} The log is in ${places.logs}.`)
  return ended
}

/** for calls and turns under way when the server ends */
const graceMs = 10_000

function startServer(around: Around, launcher: Launcher, input: ServerInput): Supervisor {
  const { config, places, tell, account, compiled, logFile, log } = around
  const { fd: logFd } = logFile
  const forked = {
    account,
    compiled,
    log,
    logFd,
    attach: (child: ChildProcess) => launcher.attach(child),
  }
  return superviseServer({
    ...{ input, log, clock: systemClock },
    start: (given, hear) => startServerProcess(forked, given, hear),
    hear: makeBanner(tell, { config, places, generated: !config.admin.password }),
  })
}

/** A password for the administrator of a new installation; it counts only when the account is made. */
function withPassword(config: Config): Config {
  const password = config.admin.password ?? randomBytes(12).toString("base64url")
  return { ...config, admin: { ...config.admin, password } }
}
