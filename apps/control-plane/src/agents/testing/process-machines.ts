import { spawn } from "node:child_process"
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { run } from "@vibecaas/kernel/spawn"
import { fetchPage } from "../../apps/fetch-page.ts"
import type { MachineSession, Sessions } from "../../apps/index.ts"
import type { Repositories } from "../../projects/index.ts"

export interface ProcessMachines extends Sessions {
  close(): Promise<void>
}

/**
 * Machines made of plain processes and temporary directories, for tests of agents on any computer:
 * they keep the promises of `Sessions` but for isolation, so only code of ours may run in them.
 */
export async function processMachines(repositories: Repositories): Promise<ProcessMachines> {
  const root = await mkdtemp(join(tmpdir(), "machines-"))
  const rooms = new Map<string, MachineSession & { stop(): void }>()
  return {
    async session({ projectId }) {
      const known = rooms.get(projectId)
      if (known) return known
      const room = makeRoom(join(root, projectId), repositories.of(projectId))
      rooms.set(projectId, room)
      return room
    },
    // There is nothing live beside them.
    promote: async () => {},
    promotion: async () => ({ is: "done" }),
    follow: async () => {},
    draftSince: async () => undefined,
    stopDraft: async () => {},
    endDraft: async () => {},
    liveCommit: async () => null,
    connectApp: () => Promise.reject(fault("machine_failed", { say: "Not in this test." })),
    async close() {
      for (const room of rooms.values()) room.stop()
      await rm(root, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

function makeRoom(directory: string, repository: ReturnType<Repositories["of"]>) {
  const workspace = join(directory, "workspace")
  const data = join(directory, "data")
  let checkedOut = new Map<string, Buffer>()
  let app: { port: number; kill(): void; log: string[] } | undefined
  let at: string | null | undefined

  const session: MachineSession & { stop(): void } = {
    async checkout(commit) {
      at = commit
      await rm(workspace, { recursive: true, force: true })
      checkedOut = new Map()
      for (const { path } of commit ? await repository.list(commit) : []) {
        const file = await repository.read(commit ?? "", path, 5_000_000)
        if (file) checkedOut.set(path, file.content)
      }
      await lay(workspace, checkedOut)
    },
    async run(argv, options) {
      const [program = "", ...rest] = argv
      const startedAt = performance.now()
      const env = { PATH: process.env.PATH ?? "", HOME: directory, DATA_DIR: data }
      const result = await run(program, rest, { cwd: workspace, env, timeoutMs: options.timeoutMs })
      const { exitCode, signal, timedOut, truncated } = result
      const durationMs = Math.round(performance.now() - startedAt)
      const [stdout, stderr] = [result.stdout.toString(), result.stderr.toString()]
      return { exitCode, signal, timedOut, truncated, durationMs, stdout, stderr }
    },
    changePackages: () =>
      Promise.reject(fault("packages_failed", { say: "Nothing is installed in this test." })),
    changes: () => differences(workspace, checkedOut),
    async startApp(commit) {
      app?.kill()
      // It may be started beside a command that runs in these files.
      if (at !== commit) await session.checkout(commit)
      app = await launch({ workspace, data, directory })
      const running = await listens(app.port)
      return { running, exitCode: running ? null : 1, logTail: app.log.slice(-20) }
    },
    beginApp: async (commit) => ({ seen: session.startApp(commit) }),
    appLog: async () => app?.log.join("\n") ?? "",
    async fetchPage(request) {
      if (!app) throw fault("machine_failed", { say: "The app is not running." })
      return fetchPage(connect(app.port, "127.0.0.1"), request, systemClock)
    },
    cover: async (text) => text,
    async connect() {
      if (!app) throw fault("app_unavailable", { say: "The app is not running." })
      return connect(app.port, "127.0.0.1")
    },
    hasApp: async () => app !== undefined,
    stop: () => app?.kill(),
  }
  return session
}

async function lay(directory: string, files: Map<string, Buffer>): Promise<void> {
  await mkdir(directory, { recursive: true })
  for (const [path, content] of files) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), content)
  }
}

async function differences(directory: string, before: Map<string, Buffer>) {
  const changes: { path: string; content: Uint8Array | null }[] = []
  const seen = new Set<string>()
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name).slice(directory.length + 1)
    seen.add(path)
    const content = await readFile(join(directory, path))
    if (!before.get(path)?.equals(content)) changes.push({ path, content })
  }
  for (const path of before.keys()) if (!seen.has(path)) changes.push({ path, content: null })
  return changes
}

async function launch(at: { workspace: string; data: string; directory: string }) {
  const port = await freePort()
  const child = spawn(process.execPath, ["server.js"], {
    cwd: at.workspace,
    env: { PATH: process.env.PATH, HOME: at.directory, PORT: String(port), DATA_DIR: at.data },
    stdio: ["pipe", "pipe", "pipe"],
  })
  const log: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => log.push(...chunk.toString().trimEnd().split("\n")))
  }
  return { port, log, kill: () => void child.kill("SIGKILL") }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}

async function listens(port: number): Promise<boolean> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answered = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    )
    if (answered) return true
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return false
}
