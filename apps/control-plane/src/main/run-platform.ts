import { randomBytes } from "node:crypto"
import { chmod, chown, mkdir, open, stat } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { type Log, makeLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import { prepareDatabase } from "../db/prepare.ts"
import { makeBanner, type Tell } from "./banner.ts"
import type { Config } from "./config.ts"
import { watchDatabase } from "./database-watch.ts"
import { lockInstance } from "./instance-lock.ts"
import { makeLauncher } from "./launcher.ts"
import { dashboardIsBuilt, type Places } from "./places.ts"
import { type RunningPostgres, startPostgres } from "./postgres.ts"
import { readSecrets } from "./secrets.ts"
import { superviseServer } from "./supervisor.ts"
import { type SystemAccount, systemAccount } from "./system-account.ts"

/**
 * Starts the database, the launcher of machines and the server, keeps them running, and ends them
 * in the opposite order.
 *
 * @returns the exit code: 0 after an orderly end, 1 when it cannot run, 130 when hurried
 * @throws Fault with a sentence when something that it needs is missing
 */
export async function runPlatform(config: Config, places: Places): Promise<number> {
  const tell: Tell = (line) => process.stdout.write(`${line}\n`)
  await makePlaces(places)
  const lock = await lockInstance(places.data, { pid: process.pid, url: config.publicUrl })
  if (!lock.taken) {
    tell(
      `VibeCaaS is already running at ${lock.running.url} (process ${lock.running.pid}) on this data.`,
    )
    return 1
  }
  try {
    await refuseTakenPort(config)
    if (!dashboardIsBuilt())
      throw fault("unavailable", { say: "The dashboard is not built. Start with bin/start." })
    return await runLocked(config, places, tell)
  } finally {
    await lock.release()
  }
}

async function runLocked(config: Config, places: Places, tell: Tell): Promise<number> {
  const account = process.getuid?.() === 0 ? await systemAccount("vibecaas") : undefined
  await givePlaces(places, account)
  const logFile = await openLog(places)
  const log = makeLog({ level: config.logLevel, fd: logFile.fd })
  const secrets = await readSecrets(places.secrets, config.masterKeyFile)
  const stopper = listenForStop(tell)

  tell(config.databaseUrl ? "Preparing the database." : "Starting the database.")
  const postgres = config.databaseUrl ? undefined : await startDatabase(places, log)
  const databaseUrls = await prepareDatabase(
    config.databaseUrl ?? postgres?.adminUrl("postgres") ?? "",
    {
      passwords: secrets.databasePasswords,
    },
  )
  const launcher = await makeLauncher({ config, places, account, log })
  const stopWatching = postgres
    ? watchDatabase(postgres, () => startDatabase(places, log, postgres.port), log)
    : () => {}

  const input = { config: withPassword(config), places, secrets, databaseUrls }
  const server = superviseServer({
    input,
    account,
    logFd: logFile.fd,
    log,
    hear: makeBanner(tell, { config, places, generated: !config.admin.password }),
    attach: (child) => launcher.attach(child),
  })
  const ended = await Promise.race([stopper.asked, server.gaveUp])
  stopper.hurry(() => {
    server.kill()
    launcher.kill()
  })
  if (ended !== "asked") tell(`${ended} The log is in ${join(places.data, "logs")}.`)
  await server.stop(10_000)
  await launcher.close()
  stopWatching()
  await postgres?.stop()
  await logFile.close()
  tell("Stopped.")
  return ended === "asked" ? 0 : 1
}

/** A password for the administrator of a new installation; it counts only when the account is made. */
function withPassword(config: Config): Config {
  const password = config.admin.password ?? randomBytes(12).toString("base64url")
  return { ...config, admin: { ...config.admin, password } }
}

function startDatabase(places: Places, log: Log, port?: number): Promise<RunningPostgres> {
  return startPostgres({
    dataDir: places.postgres,
    log,
    run,
    clock: systemClock,
    ...(port === undefined ? {} : { port }),
  })
}

async function makePlaces(places: Places): Promise<void> {
  try {
    await mkdir(places.data, { recursive: true, mode: 0o711 })
    for (const place of [
      places.repositories,
      places.machines,
      places.runtime,
      join(places.data, "logs"),
    ]) {
      await mkdir(place, { recursive: true, mode: 0o711 })
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException // what fs throws
    const why =
      code === "ENOSPC"
        ? "the disk is full"
        : code === "EACCES"
          ? "this user may not write there"
          : String(error)
    throw fault("unavailable", { say: `VIBECAAS_DATA: ${places.data} cannot be used: ${why}.` })
  }
}

/** Other accounts pass through the data directory to what is theirs, and see nothing else. */
async function givePlaces(places: Places, account: SystemAccount | undefined): Promise<void> {
  if (!account) return chmod(places.data, 0o700)
  await chmod(places.data, 0o711)
  await chown(places.repositories, account.uid, account.gid)
  await chmod(places.repositories, 0o700)
}

const logBytesMax = 50 * 1024 * 1024

/** Appended to; begun anew at a start when it has grown large. */
async function openLog(places: Places) {
  const file = join(places.data, "logs", "platform.log")
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  return open(file, size > logBytesMax ? "w" : "a", 0o600)
}

async function refuseTakenPort(config: Config): Promise<void> {
  const error = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const probe = createServer()
    probe.once("error", resolve)
    probe.listen(config.port, config.host, () => probe.close(() => resolve(undefined)))
  })
  if (!error) return
  const why = error.code === "EADDRINUSE" ? "another program listens there" : error.message
  throw fault("unavailable", {
    say: `PORT: ${config.host}:${config.port} cannot be used: ${why}. Choose another, for example PORT=${config.port + 1} bin/start.`,
  })
}

/** The first signal asks for an orderly end; the second one hurries. */
function listenForStop(tell: Tell) {
  let hurried: (() => void) | undefined
  let times = 0
  const asked = new Promise<"asked">((resolve) => {
    const hear = () => {
      times++
      if (times === 1) {
        tell("Stopping. Press Ctrl-C again to stop at once.")
        return resolve("asked")
      }
      hurried?.()
      process.exit(130)
    }
    process.on("SIGINT", hear)
    process.on("SIGTERM", hear)
    process.on("SIGHUP", hear)
  })
  return {
    asked,
    hurry(action: () => void) {
      hurried = action
    },
  }
}
