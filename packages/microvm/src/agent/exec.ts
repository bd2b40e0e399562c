import { type ChildProcess, spawn } from "node:child_process"
import type { Readable } from "node:stream"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import { settingsOf } from "./layers.ts"
import type { ExecRequest, Ops } from "./ops.ts"
import { endProcesses, markOf, preferAsVictim } from "./processes.ts"

let commands = 0

/** how long output may still come after the end, when a process that escaped us holds the pipe */
const pipesCloseMs = 5_000

/** Runs one command to its end; its output goes to channel 0, what it complains to channel 1. */
export function exec(ops: Ops, stream: MuxStream, request: ExecRequest): void {
  const startedAt = performance.now()
  const mark = markOf(`command-${++commands}`)
  const child = start(ops, request, mark)
  let timedOut = false
  const end = () => child.pid !== undefined && endProcesses(child.pid, mark)
  const timer = setTimeout(() => {
    timedOut = true
    end()
  }, request.timeoutMs)
  stream.events = {
    data: (bytes) => void child.stdin?.write(bytes, () => stream.grant(bytes)),
    end: () => void child.stdin?.end(),
    closed: end,
  }
  child.on("error", (error: NodeJS.ErrnoException) => {
    clearTimeout(timer)
    stream.fail(error.code === "EAGAIN" ? "too_many_processes" : "spawn_failed", error.message)
  })
  const sent = Promise.all([
    forward(child.stdout, { stream, channel: 0 }, request.maxOutputBytes),
    forward(child.stderr, { stream, channel: 1 }, request.maxOutputBytes),
  ])
  // On "exit", not "close": a child left behind may hold the pipes open for ever.
  child.on("exit", async (exitCode, signal) => {
    clearTimeout(timer)
    end()
    setTimeout(() => [child.stdout, child.stderr].map((pipe) => pipe?.destroy()), pipesCloseMs)
    const [stdoutCut, stderrCut] = await sent
    const durationMs = Math.round(performance.now() - startedAt)
    stream.result({ exitCode, signal, timedOut, truncated: stdoutCut || stderrCut, durationMs })
  })
}

function start(ops: Ops, { argv, cwd, env }: ExecRequest, mark: string): ChildProcess {
  const [file, ...args] = argv
  if (!file) throw new Refusal("invalid", "the command is empty")
  const folder = ops.paths.real(cwd ?? "/workspace")
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...settingsOf(folder, ops.config.env), ...env, VM_PROCESS: mark },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  })
  child.stdin?.on("error", () => {})
  if (child.pid !== undefined) preferAsVictim(child.pid)
  return child
}

/** Resolves to true when output was dropped. */
async function forward(
  source: Readable | null,
  { stream, channel }: { stream: MuxStream; channel: number },
  limit: number,
): Promise<boolean> {
  let left = limit
  let cut = false
  if (!source) return false
  try {
    for await (const chunk of source) {
      const bytes: Buffer = chunk
      const part = bytes.subarray(0, left)
      cut ||= part.length < bytes.length
      left -= part.length
      if (part.length > 0) await stream.send(part, channel)
    }
    return cut
  } catch {
    // The pipe was closed under us: there is more that nobody will see.
    return true
  }
}
