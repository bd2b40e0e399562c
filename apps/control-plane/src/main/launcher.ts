import type { ChildProcess } from "node:child_process"
import { systemClock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import { makeSandboxDriver } from "@vibecaas/microvm/drivers/sandbox/driver"
import { childChannel } from "@vibecaas/microvm/launcher/channel"
import { serveDriver } from "@vibecaas/microvm/launcher/serve-driver"
import type { Config } from "./config.ts"
import type { Places } from "./places.ts"
import type { SystemAccount } from "./system-account.ts"

/** The only part that starts and ends machines; it outlives the server process. */
export interface Launcher {
  /** lets a server process use the driver's verbs over its IPC channel */
  attach(server: ChildProcess): void
  /** ends every machine, verified */
  close(): Promise<void>
}

export interface LauncherOptions {
  config: Config
  places: Places
  /** who the server runs as, and so may connect to machines */
  account: SystemAccount | undefined
  log: Log
}

/** Chooses the driver of machines. */
export async function makeLauncher(options: LauncherOptions): Promise<Launcher> {
  const { config, places, account, log } = options
  const driver = await makeSandboxDriver({
    stateDir: places.runtime,
    dataRoot: places.machines,
    nodePath: process.execPath,
    clock: systemClock,
    log: log.child({ part: "launcher" }),
    allowWeak: config.private && !config.requireIsolation,
    allowNoIsolation: config.allowNoIsolation,
    requireIsolation: config.requireIsolation,
    ...(account ? { owner: account } : {}),
  })
  let stopServing: () => void = () => {}
  return {
    attach(server) {
      stopServing()
      stopServing = serveDriver(driver, childChannel(server), log)
    },
    async close() {
      stopServing()
      await bestEffort(log, "end all machines", () => driver.close())
    },
  }
}
