import "@vibecaas/kernel/quick-imports"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { type Log, makeLog } from "@vibecaas/kernel/log"
import { makeFleet } from "@vibecaas/microvm/fleet"
import { parentChannel } from "@vibecaas/microvm/launcher/channel"
import { remoteHost } from "@vibecaas/microvm/launcher/remote-host"
import { remoteBackend } from "@vibecaas/stores/remote/remote-backend"
import type { RunningPlatform } from "./compose.ts"
import { type FromServer, localHostId, type ServerInput, type ToServer } from "./messages.ts"
import { watchStrays } from "./strays.ts"

/**
 * The server process: forked by the supervisor, told everything over the IPC channel, ended by a
 * message or when the channel closes.
 */
let platform: RunningPlatform | undefined
let log: Log | undefined

process.on("message", (message: ToServer) => {
  if (message.type === "start") void start(message.input)
  if (message.type === "stop") void stop()
  if (message.type === "ping") tell({ type: "alive" })
})
process.on("disconnect", () => void stop())
// A terminal's Ctrl-C reaches the whole group; the supervisor decides when we end.
process.on("SIGINT", () => {})
process.on("SIGTERM", () => {})
const strays = watchStrays({
  log: () => log,
  now: systemClock.now,
  end: () => process.exit(70),
})

async function start(input: ServerInput): Promise<void> {
  log = makeLog({ level: input.config.logLevel })
  try {
    const { composePlatform } = await import("./compose.ts")
    const channel = parentChannel(process)
    platform = await composePlatform(input, {
      fleet: makeFleet([remoteHost(localHostId, channel)]),
      stores: remoteBackend(channel),
      ...{ log, strays },
      onIsolation: (caps) => tell({ type: "isolation", ...caps }),
    })
    tell({ type: "ready", admin: platform.madeAdmin, simulated: platform.simulated })
  } catch (error) {
    log.error({ err: error }, "the server did not start")
    // What we can explain will not change by trying again, unless the fault says so.
    if (isFault(error) && !error.retryable) tell({ type: "failed", say: error.say })
    process.exitCode = 1
    setImmediate(() => process.exit(1))
  }
}

async function stop(): Promise<void> {
  try {
    await platform?.close()
  } finally {
    process.exit(0)
  }
}

function tell(message: FromServer): void {
  process.send?.(message)
}
