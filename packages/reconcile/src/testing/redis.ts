import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { run } from "@vibecaas/kernel/spawn"
import { freePort } from "./postgres.ts"

/** A Redis of the test's own, in memory only. */
export interface TestRedis {
  url: string
  stop(): Promise<void>
  /** empty again, on the same port */
  start(): Promise<void>
  remove(): Promise<void>
}

/** Whether `redis-server` is installed; tests that need it say so when they skip. */
export async function hasRedis(): Promise<boolean> {
  try {
    return (await run("redis-server", ["--version"], { env: environment })).exitCode === 0
  } catch {
    return false
  }
}

export async function startTestRedis(): Promise<TestRedis> {
  const home = await mkdtemp(join(tmpdir(), "reconcile-redis-"))
  const port = await freePort()
  let server: ChildProcess | undefined
  const redis: TestRedis = {
    url: `redis://127.0.0.1:${port}`,
    start: async () => {
      const argv = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", home]
      server = spawn("redis-server", argv, { stdio: "ignore", env: environment })
      while (!(await answers(port))) await delay(20)
    },
    stop: async () => {
      if (!server || server.exitCode !== null) return
      const gone = once(server, "exit")
      server.kill("SIGKILL")
      await gone
    },
    remove: async () => {
      await redis.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}

const environment = { PATH: "/usr/local/bin:/usr/bin:/bin" }

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.on("connect", () => socket.end(() => resolve(true)))
    socket.on("error", () => resolve(false))
  })
}
