import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdir, writeFile } from "node:fs/promises"
import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:https"
import { dirname, join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import { certificate } from "../../network/testing/certificate.ts"

export interface GitServer {
  port: number
  /** paths that were asked for, and what opened them */
  asked: { path: string; authorization: string | undefined }[]
  /** what opens everything from now on; nothing does not have to */
  token: string | undefined
  /** makes a repository with one commit on `main`, and answers its path */
  repository(name: string, files: Record<string, string | Buffer>, more?: string): Promise<string>
  close(): void
}

/** The name by which the certificate of tests knows it. */
export const gitHost = "api.example.com"

/** git's own `http-backend` behind TLS, on loopback. */
export async function startGitServer(root: string): Promise<GitServer> {
  const state = { asked: [] as GitServer["asked"], token: undefined as string | undefined }
  const server = createServer(certificate, (request, response) => {
    const { authorization } = request.headers
    state.asked.push({ path: request.url ?? "", authorization })
    const opened = Buffer.from(`x-access-token:${state.token}`).toString("base64")
    if (state.token !== undefined && authorization !== `Basic ${opened}`) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="git"' }).end()
      return
    }
    serve(root, request, response)
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return Object.assign(state, {
    port: typeof address === "object" && address ? address.port : 0,
    repository: (name: string, files: Record<string, string | Buffer>, more?: string) =>
      makeRepository(join(root, name), files, more),
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
}

function serve(root: string, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "/", "https://x")
  const backend = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "safe.directory",
      GIT_CONFIG_VALUE_0: "*",
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
  })
  request.pipe(backend.stdin)
  backend.stdin.on("error", () => {})
  let head = Buffer.alloc(0)
  let begun = false
  backend.stdout.on("data", (piece: Buffer) => {
    if (begun) return void response.write(piece)
    head = Buffer.concat([head, piece])
    const end = head.indexOf("\r\n\r\n")
    if (end < 0) return
    begun = true
    const lines = head.subarray(0, end).toString().split("\r\n")
    const headers = lines.map((line): [string, string] => {
      const at = line.indexOf(":")
      return [line.slice(0, at), line.slice(at + 1).trim()]
    })
    const status = Number(headers.find(([name]) => name === "Status")?.[1]?.split(" ")[0] ?? 200)
    response.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== "Status")))
    response.write(head.subarray(end + 4))
  })
  backend.stdout.on("end", () => response.end())
}

async function makeRepository(
  directory: string,
  files: Record<string, string | Buffer>,
  more = "true",
): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
  const script = `set -e; git init -q -b main .; git add -A -f; ${more}; git -c user.name=x -c user.email=x@example.com commit -q -m first`
  const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", GIT_CONFIG_GLOBAL: "/dev/null" }
  const { exitCode, stderr } = await run("/bin/sh", ["-c", script], { cwd: directory, env })
  if (exitCode !== 0) throw new Error(stderr.toString())
  return join(directory, ".git")
}
