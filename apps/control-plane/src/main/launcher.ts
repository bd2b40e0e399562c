import type { ChildProcess } from "node:child_process"
import { systemClock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import { openDrivers } from "@vibecaas/microvm/drivers"
import { freeMemoryMiB } from "@vibecaas/microvm/free-memory"
import { makeHost } from "@vibecaas/microvm/host"
import { childChannel } from "@vibecaas/microvm/launcher/channel"
import { serveHost } from "@vibecaas/microvm/launcher/serve-host"
import { serveBackend } from "@vibecaas/stores/remote/serve-backend"
import type { Account } from "../db/cluster/run-as.ts"
import type { Config } from "./config.ts"
import { localHostId } from "./messages.ts"
import { openStores } from "./open-stores.ts"
import type { Places } from "./places.ts"

/** The only part that starts and ends machines and stores; it outlives the server process. */
export interface Launcher {
  /** lets a server process use the verbs of this host and of its stores over its IPC channel */
  attach(server: ChildProcess): void
  /** ends every machine, verified; stores go on where they can, and are adopted by the next start */
  close(): Promise<void>
}

export interface LauncherOptions {
  config: Config
  places: Places
  /** who the server runs as, and so may connect to machines */
  account: Account | undefined
  log: Log
}

/** Opens the drivers of this host; which of them makes a machine, the ladder decides. */
export async function makeLauncher(options: LauncherOptions): Promise<Launcher> {
  const { config, places, account, log } = options
  const parts = { clock: systemClock, log: log.child({ part: "launcher" }) }
  const drivers = await openDrivers({
    ...parts,
    stateDir: places.runtime,
    dataRoot: places.machines,
    layersDir: places.layerTrees,
    nodePath: process.execPath,
    ...(account ? { owner: account } : {}),
  })
  const { allowNoIsolation, requireIsolation } = config
  const policy = { allowWeak: config.private, allowNoIsolation, requireIsolation }
  const host = makeHost({ ...parts, id: localHostId, drivers, policy, freeMiB: freeMemoryMiB })
  const stores = await openStores(options)
  let stopServing: () => void = () => {}
  return {
    attach(server) {
      stopServing()
      const channel = childChannel(server)
      const stops = [serveHost(host, channel, log), serveBackend(stores, channel, log)]
      stopServing = () => {
        for (const stop of stops) stop()
      }
    },
    async close() {
      stopServing()
      await bestEffort(log, "let go of the stores", () => stores.close())
      await bestEffort(log, "end all machines", () => host.close())
    },
  }
}
