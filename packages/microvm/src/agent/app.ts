import { type ChildProcess, spawn } from "node:child_process"
import type { MuxStream } from "../guest-mux.ts"
import { type AgentConfig, Refusal } from "./config.ts"
import { makeLogRing } from "./log-ring.ts"
import type { App, AppRequest } from "./ops.ts"
import type { Paths } from "./paths.ts"
import { isListening } from "./ports.ts"
import { endProcesses, preferAsVictim } from "./processes.ts"

const ringBytes = 1024 * 1024
const followEveryMs = 100
/** most that one turn of following sends; what was printed beyond is skipped, and said so */
const followBytesMax = 64 * 1024

export function makeApp(config: AgentConfig, paths: Paths): App {
  const log = makeLogRing(ringBytes)
  let current: { child: ChildProcess; port: number; startedAt: Date; mark: string } | undefined
  let ended: { exitCode?: number; signal?: string; reason?: string } | undefined
  let blocked = false
  let starts = 0

  const end = (reason?: string) =>
    new Promise<void>((resolve) => {
      if (!current || ended) return resolve()
      const { child, mark } = current
      child.once("exit", () => {
        if (reason !== undefined && ended) ended.reason = reason
        resolve()
      })
      endProcesses(child.pid ?? -1, mark)
    })

  const launch = (request: AppRequest) => {
    const mark = `app-${++starts}`
    const child = spawnApp(config, paths, { ...request, mark })
    current = { child, port: request.port, startedAt: new Date(), mark }
    ended = undefined
    for (const pipe of [child.stdout, child.stderr]) pipe?.on("data", (bytes) => log.write(bytes))
    child.on("exit", (exitCode, signal) => {
      ended = { ...(exitCode === null ? {} : { exitCode }), ...(signal ? { signal } : {}) }
      endProcesses(child.pid ?? -1, mark)
    })
    return child
  }

  return {
    async start(request) {
      if (blocked) throw new Refusal("disk_full", "/data holds more than the machine's disk")
      await end()
      const child = launch(request)
      await new Promise<void>((resolve, reject) => {
        child.once("spawn", resolve)
        child.once("error", (error) => {
          current = undefined
          reject(new Refusal("spawn_failed", error.message))
        })
      })
      if (child.pid !== undefined) preferAsVictim(child.pid)
    },
    stop: end,
    async status() {
      if (!current) return { state: "none", outputBytes: log.total() }
      const { child, port, startedAt } = current
      const known = { startedAt: startedAt.toISOString(), outputBytes: log.total() }
      if (ended) return { state: "exited", ...ended, ...known }
      const state = (await isListening(port)) ? "listening" : "starting"
      return { state, ...(child.pid === undefined ? {} : { pid: child.pid }), ...known }
    },
    async tail(stream, tailBytes) {
      await stream.send(log.from(log.total() - tailBytes).bytes)
      stream.result({})
    },
    follow: (stream) => follow(log, stream),
    block: (now) => {
      blocked = now
    },
  }
}

function spawnApp(
  config: AgentConfig,
  paths: Paths,
  request: AppRequest & { mark: string },
): ChildProcess {
  const [file, ...args] = request.argv
  if (!file) throw new Refusal("invalid", "the command is empty")
  return spawn(file, args, {
    cwd: paths.real(request.cwd),
    env: {
      ...config.env,
      PORT: String(request.port),
      ...request.env,
      VM_PROCESS: request.mark,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  })
}

function follow(log: ReturnType<typeof makeLogRing>, stream: MuxStream): void {
  let position = log.total()
  let sending = false
  const timer = setInterval(async () => {
    if (sending || position === log.total()) return
    sending = true
    const news = log.from(Math.max(position, log.total() - followBytesMax))
    const skipped = news.position - position
    position = log.total()
    const note = skipped > 0 ? `\n[${skipped} bytes not shown]\n` : ""
    await stream.send(Buffer.concat([Buffer.from(note), news.bytes]))
    sending = false
  }, followEveryMs)
  stream.events = { closed: () => clearInterval(timer) }
}
