import { type ChildProcess, spawn } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { endWithUs } from "./end-with-us.ts"

/** A whole platform in a directory of its own, started as `bin/start` starts it. */
export interface BenchPlatform {
  port: number
  dataDir: string
  /** from the moment of launch until the first page answered, in `ms` */
  firstPageMs: number
  admin: { email: string; password: string }
  /** the processes whose time is the platform's: its own and the database's */
  processes(): Promise<number[]>
  /** connection string of the database's superuser */
  adminUrl(): Promise<string>
  /** signs session cookies */
  sessionSecret(): Promise<string>
  stop(): Promise<void>
}

const admin = { email: "admin@example.com", password: "a long enough password" }
const bootMsMax = 180_000

export async function startBenchPlatform(
  options: { dataDir?: string; argv?: readonly string[]; env?: Record<string, string> } = {},
): Promise<BenchPlatform> {
  const dataDir = options.dataDir ?? (await makeDataDir())
  const port = await freePort()
  const launchedAt = performance.now()
  const [program = "", ...rest] = options.argv ?? [process.execPath, ...process.execArgv, startFile]
  const child = spawn(program, rest, {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      // Whom this computer trusts to speak for registries of packages.
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      PORT: String(port),
      VIBECAAS_DATA: dataDir,
      VIBECAAS_ADMIN_PASSWORD: admin.password,
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  const said = collectOutput(child)
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  endWithUs(child)
  await waitForPage({ child, port, said })
  return {
    port,
    dataDir,
    admin,
    firstPageMs: performance.now() - launchedAt,
    processes: async () => [child.pid ?? 0, (await postmasterOf(dataDir)).pid],
    adminUrl: () => adminUrlOf(dataDir),
    sessionSecret: async () =>
      (await readFile(join(dataDir, "secrets/session.key"), "utf8")).trim(),
    async stop() {
      child.kill("SIGTERM")
      await exited
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export const makeDataDir = () => mkdtemp(join(tmpdir(), "vibecaas-bench-"))
const startFile = join(import.meta.dirname, "../src/main/start.ts")

function collectOutput(child: ChildProcess): () => string {
  const chunks: Buffer[] = []
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString()
}

/** The sign-in page, the first thing that a person sees. */
async function waitForPage(boot: { child: ChildProcess; port: number; said: () => string }) {
  const url = `http://127.0.0.1:${boot.port}/sign-in`
  for (const since = performance.now(); performance.now() - since < bootMsMax; ) {
    if (boot.child.exitCode !== null) break
    const page = await fetch(url, { redirect: "follow" }).catch(() => undefined)
    if (page?.ok && (await page.text()).includes("<html")) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  boot.child.kill("SIGTERM")
  throw new Error(`the platform did not answer at ${url}:\n${boot.said()}`)
}

async function adminUrlOf(dataDir: string): Promise<string> {
  const postgres = join(dataDir, "postgres")
  const password = (await readFile(join(postgres, "password"), "utf8")).trim()
  const { port } = await postmasterOf(dataDir)
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
}

async function postmasterOf(dataDir: string): Promise<{ pid: number; port: number }> {
  const file = join(dataDir, "postgres/cluster/postmaster.pid")
  const lines = (await readFile(file, "utf8")).split("\n")
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}
