import { type ChildProcess, fork } from "node:child_process"
import { join } from "node:path"
import type { Log } from "@vibecaas/kernel/log"
import type { Account } from "../db/cluster/run-as.ts"
import type { FromServer, ServerInput, ToServer } from "./messages.ts"
import { proxiesIn } from "./proxies.ts"
import type { ServerProcess } from "./supervisor.ts"

export interface ServerProcessOptions {
  /** who the server runs as; ourselves when absent */
  account: Account | undefined
  /** where Node finds what it compiled before, if anywhere */
  compiled: string | undefined
  /** file descriptor that takes the server's output */
  logFd: number
  log: Log
  /** connects the new process to what only we may do: start and end machines */
  attach(server: ChildProcess): void
}

/** Forks a server process and tells it everything over its channel. */
export function startServerProcess(
  options: ServerProcessOptions,
  input: ServerInput,
  hear: (message: FromServer) => void,
): ServerProcess {
  const child = fork(join(import.meta.dirname, "server.ts"), [], {
    cwd: "/",
    env: {
      PATH: process.env.PATH,
      LC_ALL: "C.UTF-8",
      // A network may have a certificate authority of its own between us and the world.
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      ...proxiesIn(process.env),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NODE_COMPILE_CACHE: options.compiled,
    },
    stdio: ["ignore", options.logFd, options.logFd, "ipc"],
    serialization: "advanced",
    ...(options.account ?? {}),
  })
  child.on("message", (message) => {
    if (isFromServer(message)) hear(message)
  })
  const ended = endOf(child, options.log)
  options.attach(child)
  send(child, { type: "start", input })
  return {
    ended,
    askToStop: () => send(child, { type: "stop" }),
    ping: () => send(child, { type: "ping" }),
    kill: () => void child.kill("SIGKILL"),
  }
}

function endOf(child: ChildProcess, log: Log): ServerProcess["ended"] {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }))
    child.on("error", (error) => {
      log.error({ err: error }, "the server process cannot be reached")
      // One that never began has no end to wait for.
      if (child.pid === undefined) resolve({ code: null, signal: null })
    })
  })
}

function send(child: ChildProcess, message: ToServer): void {
  if (child.connected) child.send(message, () => {})
}

const fromServer: Record<FromServer["type"], true> = {
  ...{ ready: true, isolation: true, failed: true, alive: true },
}

/** The channel also carries the machines' verbs, which have no such `type`. */
function isFromServer(message: unknown): message is FromServer {
  if (typeof message !== "object" || message === null || !("type" in message)) return false
  return Object.hasOwn(fromServer, String(message.type))
}
