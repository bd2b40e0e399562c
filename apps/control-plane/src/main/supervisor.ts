import { type ChildProcess, fork } from "node:child_process"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { bestEffort, type Log } from "@vibecaas/kernel/log"
import { backoffMs } from "@vibecaas/kernel/retry"
import type { FromServer, ServerInput, ToServer } from "./messages.ts"
import type { SystemAccount } from "./system-account.ts"

export interface SupervisorOptions {
  input: ServerInput
  /** who the server runs as; ourselves when absent */
  account: SystemAccount | undefined
  /** file descriptor that takes the server's output */
  logFd: number
  log: Log
  hear(message: FromServer): void
  /** connects the new process to what only we may do: start and end machines */
  attach(server: ChildProcess): void
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

/** Keeps one server process running: starts it again, with growing pauses, when it ends by itself. */
export function superviseServer(options: SupervisorOptions): Supervisor {
  let failedStarts = 0
  let input = options.input
  let child: ChildProcess | undefined
  let stopping = false
  let giveUp: (say: string) => void = () => {}
  const gaveUp = new Promise<string>((resolve) => {
    giveUp = resolve
  })
  const hear = (message: FromServer) => {
    if (message.type === "failed") {
      stopping = true
      return giveUp(message.say)
    }
    if (message.type === "ready") failedStarts = 0
    options.hear(message)
  }
  const launch = () => {
    child = startServer({ ...options, input }, hear)
    child.once("exit", (code, signal) => {
      if (!stopping) void again(code, signal)
    })
  }
  const again = async (code: number | null, signal: string | null) => {
    failedStarts++
    options.log.error({ code, signal, failedStarts }, "the server process ended; starting it again")
    if (failedStarts > failedStartsMax)
      return giveUp(`The server could not be started ${failedStarts} times.`)
    await systemClock.sleep(
      failedStarts === 1 ? 0 : backoffMs(failedStarts, { delayMs: 100, delayMsMax: 3000 }),
    )
    if (!stopping) launch()
  }
  launch()
  return {
    gaveUp,
    kill: () => child?.kill("SIGKILL"),
    restart(next, graceMs) {
      input = next
      return endServer(child, graceMs, options.log)
    },
    stop(graceMs) {
      stopping = true
      return endServer(child, graceMs, options.log)
    },
  }
}

function startServer(
  options: SupervisorOptions,
  hear: (message: FromServer) => void,
): ChildProcess {
  const child = fork(join(import.meta.dirname, "server.ts"), [], {
    cwd: "/",
    env: {
      PATH: process.env.PATH,
      LC_ALL: "C.UTF-8",
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
    },
    stdio: ["ignore", options.logFd, options.logFd, "ipc"],
    serialization: "advanced",
    ...(options.account ?? {}),
  })
  child.on("message", (message) => {
    if (isFromServer(message)) hear(message)
  })
  child.on("error", (error) =>
    options.log.error({ err: error }, "the server process cannot be reached"),
  )
  options.attach(child)
  send(child, { type: "start", input: options.input })
  return child
}

function send(child: ChildProcess, message: ToServer): void {
  if (child.connected) child.send(message, () => {})
}

/** The channel also carries the machines' verbs, which have no such `type`. */
function isFromServer(message: unknown): message is FromServer {
  if (typeof message !== "object" || message === null || !("type" in message)) return false
  return message.type === "ready" || message.type === "isolation" || message.type === "failed"
}

async function endServer(
  child: ChildProcess | undefined,
  graceMs: number,
  log: Log,
): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  send(child, { type: "stop" })
  const waiting = new AbortController()
  void bestEffort(log, "wait for the server to end", async () => {
    await systemClock.sleep(graceMs, waiting.signal).catch(() => "ended in time")
    if (!waiting.signal.aborted) child.kill("SIGKILL")
  })
  await ended
  waiting.abort()
}
