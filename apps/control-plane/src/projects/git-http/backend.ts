import { basename, dirname } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import { run } from "@vibecaas/kernel/spawn"
import type { Wall } from "./wall.ts"

/** A request of git's, as `git http-backend` takes it. */
export interface GitRequest {
  /** the bare repository that is asked */
  directory: string
  /** e.g. `info/refs` */
  path: "info/refs" | "git-upload-pack" | "git-receive-pack"
  query?: string
  contentType?: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body?: Uint8Array
  /** settings beside those that every request has */
  settings?: readonly (readonly [string, string])[]
  /** other folders that it reads */
  read?: readonly string[]
  signal: AbortSignal
}

export type GitBackend = (request: GitRequest) => Promise<{ type: string; body: Buffer }>

const answerBytesMax = 256 * 1024 * 1024
const timeoutMs = 60_000

/** Settings of the command line win over what stands in a repository. */
const settings: readonly (readonly [string, string])[] = [
  ["core.hooksPath", "/dev/null"],
  ["core.fsmonitor", "false"],
  ["http.receivepack", "true"],
  ["safe.directory", "*"],
  ["pack.threads", "1"],
  ["gc.auto", "0"],
  ["receive.autogc", "false"],
  // Branches of candidates are nobody's to fetch, until people want them.
  ["transfer.hideRefs", "refs/"],
  ["transfer.hideRefs", "!refs/heads/main"],
]

/** git's own `http-backend`, behind a wall: it serves one repository, runs no hook and reads no settings of others. */
export function makeBackend(gitPath: string, wall: () => Promise<Wall>): GitBackend {
  return async (request) => {
    const writes = request.path === "git-receive-pack"
    const { directory, read = [] } = request
    const around = (await wall())({
      read: writes ? read : [directory, ...read],
      write: writes ? [directory] : [],
    })
    const result = await run("/usr/bin/env", [...around, gitPath, "http-backend"], {
      cwd: "/",
      env: environmentOf(request),
      timeoutMs,
      maxOutputBytes: answerBytesMax,
      signal: request.signal,
      ...(request.body ? { stdin: request.body } : {}),
    })
    if (result.timedOut || result.truncated) {
      throw fault("unavailable", {
        say: "git took too long, or its answer is too large. Try again.",
      })
    }
    return readAnswer(result.stdout, result.stderr)
  }
}

function environmentOf(request: GitRequest): Record<string, string> {
  const { directory, path, headers } = request
  const all = [...settings, ...(request.settings ?? [])]
  const protocol = String(headers["git-protocol"] ?? "")
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: "/nonexistent",
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ALLOW_PROTOCOL: "",
    GIT_TERMINAL_PROMPT: "0",
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROJECT_ROOT: dirname(directory),
    PATH_INFO: `/${basename(directory)}/${path}`,
    REMOTE_USER: "key",
    REQUEST_METHOD: path === "info/refs" ? "GET" : "POST",
    QUERY_STRING: request.query ?? "",
    CONTENT_TYPE: request.contentType ?? "",
    ...(request.body ? { CONTENT_LENGTH: String(request.body.byteLength) } : {}),
    ...(headers["content-encoding"] === "gzip" ? { HTTP_CONTENT_ENCODING: "gzip" } : {}),
    ...(/^version=[0-2]$/.test(protocol) ? { GIT_PROTOCOL: protocol } : {}),
    GIT_CONFIG_COUNT: String(all.length),
    ...Object.fromEntries(
      all.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
  }
}

/** As a CGI program answers: headers, a blank line, the body. */
function readAnswer(stdout: Buffer, stderr: Buffer): { type: string; body: Buffer } {
  const end = stdout.indexOf("\r\n\r\n")
  const head = stdout.subarray(0, Math.max(0, end)).toString("latin1")
  const status = /^Status: (\d+)/im.exec(head)?.[1] ?? "200"
  const type = /^Content-Type: (.+?)\r?$/im.exec(head)?.[1]
  if (end >= 0 && status === "200" && type) return { type, body: stdout.subarray(end + 4) }
  const note = `${head} ${stderr.toString().slice(0, 1000)}`
  throw fault("malformed", { say: "git could not read that request.", note })
}
