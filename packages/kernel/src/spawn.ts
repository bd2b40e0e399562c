import { spawn as spawnChild } from "node:child_process"

export interface SpawnOptions {
  cwd?: string
  /** the whole environment of the child: nothing is inherited */
  env?: Record<string, string>
  stdin?: string | Uint8Array
  /** the child is killed after this long; the result says `timedOut` */
  timeoutMs?: number
  /** each stream keeps at most this much; the rest is dropped and `truncated` is set */
  maxOutputBytes?: number
  signal?: AbortSignal
  uid?: number
  gid?: number
}

export interface SpawnResult {
  /** `null` when a signal ended the child */
  exitCode: number | null
  signal: NodeJS.Signals | null
  stdout: Buffer
  stderr: Buffer
  timedOut: boolean
  truncated: boolean
}

/**
 * Runs a program to its end; argv only, never a shell, with an environment of its own.
 *
 * @throws the spawn error when the program cannot be started (ENOENT, EACCES)
 */
export function run(
  file: string,
  argv: string[],
  options: SpawnOptions = {},
): Promise<SpawnResult> {
  const limit = options.maxOutputBytes ?? 10 * 1024 * 1024
  return new Promise((resolve, reject) => {
    const child = spawnChild(file, argv, {
      cwd: options.cwd,
      env: options.env ?? {},
      stdio: ["pipe", "pipe", "pipe"],
      ...(options.uid === undefined ? {} : { uid: options.uid }),
      ...(options.gid === undefined ? {} : { gid: options.gid }),
      ...(options.signal === undefined ? {} : { signal: options.signal, killSignal: "SIGKILL" }),
    })
    const stdout = collect(child.stdout, limit)
    const stderr = collect(child.stderr, limit)
    let timedOut = false
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true
            child.kill("SIGKILL")
          }, options.timeoutMs)
    child.on("error", (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on("close", (exitCode, signal) => {
      clearTimeout(timer)
      const truncated = stdout.truncated() || stderr.truncated()
      resolve({
        exitCode,
        signal,
        stdout: stdout.bytes(),
        stderr: stderr.bytes(),
        timedOut,
        truncated,
      })
    })
    // A child that ends without reading its input is not our failure: its exit code tells.
    child.stdin.on("error", () => {})
    child.stdin.end(options.stdin)
  })
}

function collect(stream: NodeJS.ReadableStream, limit: number) {
  const chunks: Buffer[] = []
  let kept = 0
  let seen = 0
  stream.on("data", (chunk: Buffer) => {
    seen += chunk.length
    if (kept >= limit) return
    const part = chunk.subarray(0, limit - kept)
    kept += part.length
    chunks.push(part)
  })
  return { bytes: () => Buffer.concat(chunks), truncated: () => seen > kept }
}
