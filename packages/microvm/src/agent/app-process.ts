import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout as pause } from "node:timers/promises"
import type { AppStatus } from "../guest-replies.ts"
import { type AgentConfig, Refusal } from "./config.ts"
import { settingsOf } from "./layers.ts"
import type { AppRequest } from "./ops.ts"
import type { Paths } from "./paths.ts"
import { isListening } from "./ports.ts"
import { endProcesses, preferAsVictim, signal, stopProcesses } from "./processes.ts"

/** One start of the app. */
export interface AppProcess {
  /** resolves once it runs; rejects with a refusal when it cannot */
  running: Promise<void>
  /** resolves once it does not run any more */
  ended: Promise<void>
  status(): Promise<Omit<AppStatus, "outputBytes">>
  /**
   * Ends it with all that it started, after `graceMs` since it was asked to end by itself; `reason`
   * is kept with how it ended.
   */
  end(how?: { reason?: AppStatus["reason"]; graceMs?: number }): Promise<void>
  /** makes it stand still with all that it started; answers how to let it go on */
  freeze(): () => void
  /** after its end: waits a little for what it printed before */
  lastWords(): Promise<void>
  /** takes no more of its output */
  deafen(): void
}

export interface Surroundings {
  config: AgentConfig
  paths: Paths
  /** tells its processes from others */
  mark: string
  startedAt: Date
  write(bytes: Uint8Array): void
}

/** how long output may still come after the end, in `ms` */
const lastWordsMs = 200

type End = Pick<AppStatus, "exitCode" | "signal" | "reason">

export function startProcess(request: AppRequest, around: Surroundings): AppProcess {
  const child = spawnApp(request, around)
  const pipes = [child.stdout, child.stderr].filter((pipe) => pipe !== null)
  for (const pipe of pipes) pipe.on("data", (bytes: Buffer) => around.write(bytes))
  let seen: End | undefined
  let why: AppStatus["reason"]
  const over = once(child, "exit").then(([exitCode, signal]) => {
    seen = { ...(exitCode === null ? {} : { exitCode }), ...(signal ? { signal } : {}) }
    if (why !== undefined) seen.reason = why
    endProcesses(child.pid ?? -1, around.mark)
  })
  const ended = over.catch(() => {})
  return {
    running: untilRunning(child),
    ended,
    async status() {
      const startedAt = around.startedAt.toISOString()
      const listening = seen ? false : await isListening(around.config, request.port)
      // It may have ended while we knocked.
      if (seen) return { state: "exited", ...seen, startedAt }
      const pid = child.pid === undefined ? {} : { pid: child.pid }
      return { state: listening ? "listening" : "starting", ...pid, startedAt }
    },
    async end({ reason, graceMs = 0 } = {}) {
      if (seen) return
      why = reason
      if (graceMs > 0 && child.pid !== undefined) {
        signal(child.pid, "SIGTERM")
        await Promise.race([ended, pause(graceMs, undefined, { ref: false })])
      }
      endProcesses(child.pid ?? -1, around.mark)
      await ended
    },
    freeze() {
      if (seen) return () => {}
      const still = stopProcesses(child.pid ?? -1, around.mark)
      return () => {
        for (const pid of still) signal(pid, "SIGCONT")
      }
    },
    async lastWords() {
      if (!seen || pipes.every(({ closed }) => closed)) return
      await Promise.race([once(child, "close"), pause(lastWordsMs)])
    },
    deafen() {
      for (const pipe of pipes) pipe.destroy()
    },
  }
}

async function untilRunning(child: ChildProcess): Promise<void> {
  try {
    await once(child, "spawn")
  } catch (error) {
    throw new Refusal("spawn_failed", error instanceof Error ? error.message : "it did not start")
  }
  if (child.pid !== undefined) preferAsVictim(child.pid)
}

function spawnApp(request: AppRequest, { config, paths, mark }: Surroundings): ChildProcess {
  const [file, ...args] = request.argv
  if (!file) throw new Refusal("invalid", "the command is empty")
  const folder = paths.real(request.cwd)
  return spawn(file, args, {
    cwd: folder,
    env: {
      ...settingsOf(folder, config.env),
      PORT: String(request.port),
      ...request.env,
      VM_PROCESS: mark,
    },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  })
}
