import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import type { Log } from "@vibecaas/kernel/log"
import type { FromServer, ServerInput } from "./messages.ts"
import { makePings } from "./pings.ts"

/** A server process, from its start to its end. */
export interface ServerProcess {
  /** resolves once, also when it could not begin */
  ended: Promise<{ code: number | null; signal: string | null }>
  askToStop(): void
  /** it says that it is alive, if it is */
  ping(): void
  kill(): void
}

export interface SupervisorOptions {
  input: ServerInput
  start(input: ServerInput, hear: (message: FromServer) => void): ServerProcess
  clock: Clock
  log: Log
  hear(message: FromServer): void
}

export interface Supervisor {
  /** ends the server, as `stop` does, and starts it with what it is given now */
  restart(input: ServerInput, graceMs: number): Promise<void>
  /** asks the server to end and waits; kills it when it does not within `graceMs` */
  stop(graceMs: number): Promise<void>
  /** ends the server at once */
  kill(): void
  /** resolves with a sentence when the server could not be kept running */
  gaveUp: Promise<string>
}

/** starts in a row that never became ready, after which trying again is pointless */
const failedStartsMax = 5

/**
 * Keeps one server process running: starts it again, with growing pauses, when it ends by itself, and
 * ends it when it no longer answers.
 */
export function superviseServer(options: SupervisorOptions): Supervisor {
  const stopping = new AbortController()
  const gaveUp = Promise.withResolvers<string>()
  let failedStarts = 0
  const pings = makePings(options)
  let input = options.input
  let server: ServerProcess | undefined
  let restarted: ServerProcess | undefined
  const hear = (message: FromServer) => {
    if (message.type === "failed") {
      stopping.abort()
      return gaveUp.resolve(message.say)
    }
    if (message.type === "ready") failedStarts = 0
    pings.heard(message)
    if (message.type !== "alive") options.hear(message)
  }
  const keep = async () => {
    while (!stopping.signal.aborted) {
      server = options.start(input, hear)
      pings.watch(server)
      const end = await server.ended
      if (stopping.signal.aborted) return
      if (server === restarted) continue
      failedStarts++
      options.log.error({ ...end, failedStarts }, "the server process ended; starting it again")
      if (failedStarts > failedStartsMax)
        return gaveUp.resolve(`The server could not be started ${failedStarts} times.`)
      await options.clock.sleep(pauseMs(failedStarts), stopping.signal).catch(() => {})
    }
  }
  void keep()
  return {
    gaveUp: gaveUp.promise,
    kill: () => server?.kill(),
    restart(next, graceMs) {
      input = next
      restarted = server
      return endServer(server, graceMs, options.clock)
    },
    stop(graceMs) {
      stopping.abort()
      return endServer(server, graceMs, options.clock)
    },
  }
}

/** A server that ran and fell is started again at once; one that keeps falling, ever later. */
const pauseMs = (failedStarts: number) =>
  failedStarts === 1 ? 0 : backoffMs(failedStarts, { delayMs: 100, delayMsMax: 3000 })

async function endServer(
  server: ServerProcess | undefined,
  graceMs: number,
  clock: Clock,
): Promise<void> {
  if (!server) return
  server.askToStop()
  await inTime({ clock, ms: graceMs }, server.ended, () => {
    server.kill()
    return server.ended
  })
}
