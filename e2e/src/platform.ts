import { type ChildProcess, spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"

/** A real platform in a directory of its own: what `bin/start` starts, on a free port. */
export interface Platform {
  url: string
  port: number
  dataDir: string
  admin: { email: string; password: string }
  /** everything it printed so far */
  output(): string
  process(): ChildProcess
  /** asks it to end, as Ctrl-C does; resolves with its exit code */
  stop(): Promise<number | null>
  /** starts again on the same data */
  restart(): Promise<void>
  /** stops it and removes its data */
  remove(): Promise<void>
}

const checkout = resolve(import.meta.dirname, "../..")
const admin = { email: "admin@example.com", password: "a-long-enough-password" }

export interface PlatformOptions {
  env?: Record<string, string>
  dataDir?: string
  port?: number
  /** its agents look at pages; it costs a second for each run */
  looks?: boolean
}

/** Starts a platform and waits until it is ready; fails with its output when it is not. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "vibecaas-e2e-")))
  const port = options.port ?? (await freePort())
  const started = { child: undefined as ChildProcess | undefined, output: "" }
  const launch = async () => {
    const eyes = options.looks ? {} : { VIBECAAS_BROWSER: "none" }
    started.child = spawnStart({ port, dataDir, env: { ...eyes, ...options.env } }, (text) => {
      started.output += text
    })
    await untilReady(port, started.child, () => started.output)
  }
  await launch()
  const stop = () => end(started.child)
  return {
    url: options.env?.VIBECAAS_PUBLIC_URL ?? `http://localhost:${port}`,
    port,
    dataDir,
    admin,
    output: () => `${started.output}\n${logTail(dataDir)}`,
    process: () => started.child as ChildProcess,
    stop,
    restart: launch,
    async remove() {
      await stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** The last lines of the platform's own log, for the message of a test that failed. */
function logTail(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, "logs/platform.log"), "utf8")
      .split("\n")
      .slice(-30)
      .join("\n")
  } catch {
    return ""
  }
}

function spawnStart(
  place: { port: number; dataDir: string; env: Record<string, string> },
  hear: (text: string) => void,
): ChildProcess {
  const child = spawn(process.execPath, [join(checkout, "apps/control-plane/src/main/start.ts")], {
    cwd: checkout,
    env: {
      PATH: process.env.PATH ?? "/usr/bin:/bin",
      HOME: process.env.HOME ?? "/nonexistent",
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      // Whom this computer trusts to speak for registries of packages.
      NODE_EXTRA_CA_CERTS: process.env.NODE_EXTRA_CA_CERTS,
      PORT: String(place.port),
      VIBECAAS_DATA: place.dataDir,
      VIBECAAS_ADMIN_EMAIL: admin.email,
      VIBECAAS_ADMIN_PASSWORD: admin.password,
      // Where nothing isolates, the apps that these tests push would be refused; they are ours.
      VIBECAAS_ALLOW_NO_ISOLATION: "1",
      VIBECAAS_WARM_STARTERS: "off",
      ...place.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  child.stdout?.on("data", (chunk) => hear(String(chunk)))
  child.stderr?.on("data", (chunk) => hear(String(chunk)))
  return child
}

async function untilReady(port: number, child: ChildProcess, output: () => string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null)
      throw new Error(`the platform ended with ${child.exitCode}:\n${output()}`)
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`the platform was not ready in time:\n${output()}`)
}

async function end(child: ChildProcess | undefined): Promise<number | null> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
  const ended = new Promise<number | null>((done) => child.once("exit", (code) => done(code)))
  child.kill("SIGINT")
  return ended
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once("error", fail)
    server.listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === "object" ? done(address.port) : fail(new Error("no port")),
      )
    })
  })
}
