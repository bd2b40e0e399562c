import { type ChildProcess, spawn } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { createServer, type Server } from "node:http"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { freePort, type Platform, startPlatform } from "./platform.ts"
import { isAlive, postgresPid, serverPid } from "./processes.ts"

const start = resolve(import.meta.dirname, "../../apps/control-plane/src/main/start.ts")
let dataDir: string
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "vibecaas-commands-"))
})
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }))

interface Ended {
  code: number | null
  output: string
}

/** Runs the command to its end with these settings and no others. */
function runStart(env: Record<string, string>, argv: string[] = []): Promise<Ended> {
  const child = spawn(process.execPath, [start, ...argv], {
    env: { PATH: process.env.PATH ?? "", VIBECAAS_DATA: dataDir, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  })
  return endOf(child)
}

function endOf(child: ChildProcess): Promise<Ended> {
  let output = ""
  child.stdout?.on("data", (text) => {
    output += text
  })
  child.stderr?.on("data", (text) => {
    output += text
  })
  return new Promise((done) => child.once("exit", (code) => done({ code, output })))
}

test("the help lists every setting and starts nothing", async () => {
  const { code, output } = await runStart({}, ["--help"])
  expect(code).toBe(0)
  for (const name of [
    "PORT",
    "VIBECAAS_DATA",
    "VIBECAAS_APPS_DOMAIN",
    "DATABASE_URL",
    "OPENAI_API_KEY",
  ]) {
    expect(output).toContain(name)
  }
})

test("every mistake of a configuration is listed at once, and nothing starts", async () => {
  const { code, output } = await runStart({
    PORT: "no",
    VIBECAAS_SIGNUP: "maybe",
    VIBECAAS_DTA: "/x",
  })
  expect(code).toBe(1)
  expect(output).toMatch(
    /PORT: .*\n.*VIBECAAS_SIGNUP: .*\n.*VIBECAAS_DTA: there is no such setting/,
  )
})

test("an option that does not exist is refused", async () => {
  expect(await runStart({}, ["--frobnicate"])).toMatchObject({ code: 1 })
})

test("a taken port is a sentence with another port to try", async () => {
  const squatter: Server = createServer()
  await new Promise<void>((done) => squatter.listen(0, "127.0.0.1", done))
  const address = squatter.address()
  const port = address && typeof address === "object" ? address.port : 0
  const { code, output } = await runStart({ PORT: String(port) })
  squatter.close()
  expect(code).toBe(1)
  expect(output).toContain(`127.0.0.1:${port} cannot be used: another program listens there`)
  expect(output).toContain(`PORT=${port + 1}`)
})

test("a directory that cannot be written to is a sentence", async () => {
  const { code, output } = await runStart({
    VIBECAAS_DATA: "/dev/null/here",
    PORT: String(await freePort()),
  })
  expect(code).toBe(1)
  expect(output).toMatch(/VIBECAAS_DATA: \/dev\/null\/here cannot be used/)
})

test("a database that cannot be reached is a sentence", async () => {
  const port = await freePort()
  const { code, output } = await runStart({
    DATABASE_URL: `postgresql://nobody:secret-word@127.0.0.1:${port}/none`,
    PORT: String(await freePort()),
  })
  expect(code).toBe(1)
  expect(output).toMatch(/database/i)
  expect(output).not.toContain("secret-word")
})

test("a second start on the same data names the first; one Ctrl-C ends everything, and the next start works", async () => {
  const platform: Platform = await startPlatform({ dataDir })
  const server = serverPid(platform) ?? 0
  const postgres = postgresPid(platform)
  const second = await runStart({ PORT: String(await freePort()) })
  expect(second.code).toBe(1)
  expect(second.output).toContain(`already running at ${platform.url}`)
  expect(await platform.stop()).toBe(0)
  expect([server, postgres].map(isAlive)).toEqual([false, false])
  await platform.restart()
  expect(platform.output()).toContain("as before")
  expect(await platform.stop()).toBe(0)
}, 120_000)

test("a second Ctrl-C ends at once, and what was committed is there at the next start", async () => {
  const platform = await startPlatform({ dataDir })
  const child = platform.process()
  const ended = new Promise((done) => child.once("exit", done))
  child.kill("SIGINT")
  child.kill("SIGINT")
  await ended
  await platform.restart()
  expect(await platform.stop()).toBe(0)
}, 120_000)

test("the password of the first administrator is shown once, and no secret is in the log", async () => {
  const fresh = await mkdtemp(join(tmpdir(), "vibecaas-first-"))
  const platform = await startPlatform({ dataDir: fresh, env: { VIBECAAS_ADMIN_PASSWORD: "" } })
  const password = /admin@example\.com {2}(\S+)/.exec(platform.output())?.[1] ?? ""
  expect(password.length).toBeGreaterThanOrEqual(12)
  const log = await readFile(join(fresh, "logs/platform.log"), "utf8")
  expect(log).not.toContain(password)
  await platform.remove()
}, 60_000)
