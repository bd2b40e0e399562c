import { readToolchains } from "@vibecaas/microvm/toolchains"
import {
  lockedFiles,
  type PublicRegistry,
  publicRegistry,
} from "@vibecaas/registry/testing/public-registry"
import { sha256Of, wheel } from "@vibecaas/registry/testing/wheels"
import { afterAll, afterEach, beforeAll, expect, test } from "vitest"
import { listReleases } from "./queries.ts"
import { startApp } from "./start-app.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

const one = { name: "one", version: "1.0.0" }
const away = { name: "away", version: "1.0.0" }
const scripts = { start: "node server.mjs" }
const server = (words: string, name = "one") => `
import { createServer } from "node:http"
import version from "${name}"
createServer((_request, response) => response.end("${words} " + version)).listen(process.env.PORT)
`

const flour = { name: "flour", version: "2.0" }
const { python } = await readToolchains()
const noPython = python === undefined ? " [skipped: this host has no Python]" : ""

let upstream: PublicRegistry
let world: MachineWorld
beforeAll(async () => {
  upstream = await publicRegistry()
  upstream.publish(one, away)
  upstream.publishPython(flour)
  world = await machineWorld(undefined, upstream.base)
})
afterEach(() => upstream.forgive())
afterAll(async () => {
  await world?.close()
  await upstream?.close()
})

test("an app waits for its packages, says so, and finds them when it starts", async () => {
  const { id, slug } = await world.project()
  const release = Promise.withResolvers<void>()
  upstream.misbehave("/one", async (_request, response) => {
    await release.promise
    response.writeHead(503).end()
  })
  const files = { "server.mjs": server("Hello"), ...lockedFiles([one], { scripts }) }
  const commit = await world.push(id, files)
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, { app: { state: "starting", doing: "Installing packages" } })
  await expect.poll(() => world.log(id), { timeout: 20_000 }).toContain("Installing packages")
  upstream.forgive()
  release.resolve()
  await world.until(id, { app: { state: "running", doing: null, commit } }, 60_000)
  expect((await world.get(slug)).body).toBe("Hello 1.0.0")
})

test("a version whose packages cannot be had leaves the one before as it is", async () => {
  const { id, slug } = await world.project()
  const proved = await world.push(id, {
    "server.mjs": server("First"),
    ...lockedFiles([one], { scripts }),
  })
  await world.run(id, proved)
  const { startedAt } = (await world.app(id)) ?? {}
  upstream.misbehave("/away", (_request, response) => void response.writeHead(404).end())
  const commit = await world.push(id, {
    "server.mjs": server("Second", "away"),
    ...lockedFiles([away], { scripts }),
  })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, { app: { commitRefused: commit, state: "running", doing: null } }, 60_000)
  await world.until(id, { app: { phase: "settled", commit: proved } })
  const after = await world.app(id)
  expect(after?.startedAt).toEqual(startedAt)
  expect(after?.failure).toContain("no package away")
  expect((await world.get(slug)).body).toBe("First 1.0.0")
})

test("a first version without its packages says why, and starts when it is asked for again", async () => {
  const { id } = await world.project()
  const commit = await world.push(id, {
    "server.mjs": server("Hello", "away"),
    ...lockedFiles([away], { scripts, version: "2.0.0" }),
  })
  upstream.misbehave("/-/away", (_request, response) => void response.end("other bytes"))
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, { app: { state: "crashed", doing: null } }, 60_000)
  const app = await world.app(id)
  expect(app?.failure).toContain("not those that its registry published")
  const releases = await world.act((ctx) =>
    listReleases(ctx.db, app?.id ?? "app_", { limit: 5, before: undefined }),
  )
  expect(releases).toMatchObject([{ commit, outcome: "failed" }])
  upstream.forgive()
  await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
  await world.until(id, { app: { state: "running", commit, failure: null } }, 60_000)
})

test.skipIf(python === undefined)(
  `an app in Python is started by its first file, with the packages that it locks${noPython}`,
  async () => {
    const { id, slug } = await world.project()
    const commit = await world.push(id, {
      "main.py": pythonServer,
      "requirements.txt": `flour==2.0 --hash=sha256:${sha256Of(wheel(flour))}\n`,
    })
    await world.act((ctx) => startApp(ctx, { projectId: id, commit, trust: "untrusted" }))
    await world.until(id, { app: { state: "running", doing: null, commit } }, 60_000)
    expect((await world.get(slug)).body).toBe("bread of flour 2.0")
  },
)

const pythonServer = `import os
from http.server import BaseHTTPRequestHandler, HTTPServer
import flour

class App(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"bread of flour {flour.version}".encode())

HTTPServer(("127.0.0.1", int(os.environ["PORT"])), App).serve_forever()
`
