import { afterAll, beforeAll, expect, test } from "vitest"
import { WebSocket } from "ws"
import { wakeAll } from "../core/holds.ts"
import { deleteMachine, stopMachine } from "../machines/index.ts"
import { listReleases } from "./queries.ts"
import { configureApp, restartApp, startApp } from "./start-app.ts"
import { crashingApp, notesApp, wordApp } from "./testing/apps.ts"
import { type MachineWorld, machineWorld } from "./testing/machine-world.ts"

let world: MachineWorld
beforeAll(async () => {
  world = await machineWorld()
})
afterAll(() => world.close())

test("an app that was pushed by commit answers at its host: HTTP, a stream, a WebSocket", async () => {
  const { id, slug } = await world.project("Notes")
  expect((await world.get(slug, "/", { headers: { accept: "text/html" } })).body).toContain(
    "has no app yet",
  )
  await world.run(id, await world.push(id, { "server.js": notesApp }))

  expect(await world.get(slug)).toMatchObject({ status: 200, body: "<h1>Notes</h1>" })
  expect((await world.get(slug, "/events")).body).toBe("data: one\n\ndata: two\n\n")
  const socket = new WebSocket(`ws://127.0.0.1:${world.server.port}/live`, {
    headers: { host: `${slug}.preview.localhost` },
  })
  const heard = await new Promise((resolve) =>
    socket.once("message", (text) => resolve(String(text))),
  )
  socket.terminate()
  expect(heard).toBe("hello")

  const row = await world.row(id)
  expect(row).toMatchObject({ state: "running", hostId: "local", driver: "sandbox" })
  expect(await world.app(id)).toMatchObject({ state: "running", restarts: 0 })
  expect(row?.isolation).toMatch(/Sandbox/)
})

test("another commit replaces the app, and its data stay", async () => {
  const { id, slug } = await world.project("Replace")
  await world.run(id, await world.push(id, { "server.js": notesApp, "old.txt": "gone soon" }))
  expect((await world.get(slug, "/notes", { method: "POST", body: "Dune" })).body).toBe("kept")
  const next = notesApp.replace("<h1>Notes</h1>", "<h1>Better notes</h1>")
  await world.run(id, await world.push(id, { "server.js": next, "old.txt": null }))
  expect((await world.get(slug)).body).toBe("<h1>Better notes</h1>")
  expect((await world.get(slug, "/notes")).body).toBe('["Dune"]')
})

test("what was started is kept as releases, newest first, with what became of each", async () => {
  const { id } = await world.project("Releases")
  const first = await world.push(id, { "server.js": wordApp("one") })
  await world.run(id, first)
  const broken = await world.push(id, { "server.js": crashingApp })
  await world.act((ctx) => startApp(ctx, { projectId: id, commit: broken, trust: "untrusted" }))
  await world.until(id, { app: { state: "running", commitRefused: broken } })
  const last = await world.push(id, { "server.js": wordApp("two") })
  await world.run(id, last)
  await world.run(id, last)
  const app = (await world.app(id))?.id ?? "app_"
  const page = (before?: number) =>
    world.act((ctx) => listReleases(ctx.db, app, { limit: 2, before }))
  expect(await page()).toMatchObject([
    { number: 4, commit: last, outcome: "running", endedAt: null },
    { number: 3, commit: first, outcome: "replaced" },
  ])
  const why = `The version ${broken.slice(0, 7)} was taken back. It ended with exit code 3.`
  expect(await page(3)).toMatchObject([
    { number: 2, commit: broken, outcome: "failed", failure: why },
    { number: 1, commit: first, outcome: "replaced" },
  ])
  const machineId = await world.machineOf(id)
  await world.act((ctx) => stopMachine(ctx, machineId))
  await world.until(id, { app: { state: "stopped" } })
  expect(await page()).toMatchObject([{ number: 4, outcome: "stopped" }, { number: 3 }])
}, 60_000)

const greetingApp = `
require("node:http").createServer((req, res) => res.end(process.env.GREETING ?? "nothing")).listen(process.env.PORT)
`

test("a variable that was set is there after a restart, and the release says so without its value", async () => {
  const { id, slug } = await world.project("Configured")
  await world.run(id, await world.push(id, { "server.js": greetingApp }))
  const appId = (await world.app(id))?.id ?? "app_"
  const set = { environment: { GREETING: "hello" } }
  await world.act((ctx) => configureApp(ctx, { appId, ifMatch: 1, set }))
  expect(await world.app(id)).toMatchObject({ settingsVersion: 2, settingsApplied: 1 })
  await world.act((ctx) => restartApp(ctx, appId))
  await world.until(id, { app: { state: "running", settingsApplied: 2 } })
  expect((await world.get(slug)).body).toBe("hello")
  const releases = await world.act((ctx) =>
    listReleases(ctx.db, appId, { limit: 2, before: undefined }),
  )
  expect(releases).toMatchObject([
    { number: 2, settingsVersion: 2, variables: ["GREETING"], outcome: "running" },
    { number: 1, settingsVersion: 1, variables: [], outcome: "replaced" },
  ])
  const late = world.act((ctx) => configureApp(ctx, { appId, ifMatch: 1, set }))
  await expect(late).rejects.toMatchObject({ code: "version_mismatch" })
}, 60_000)

test("a deleted machine takes its app and data along; the project gets another of both", async () => {
  const { id, slug } = await world.project("Begins again")
  const commit = await world.push(id, { "server.js": wordApp("one") })
  await world.run(id, commit)
  const first = await world.machineOf(id)
  await world.act((ctx) => deleteMachine(ctx, first))
  await expect.poll(() => world.row(id), { timeout: 20_000 }).toBeUndefined()
  expect(await world.app(id)).toBeUndefined()
  await world.run(id, commit)
  expect(await world.machineOf(id)).not.toBe(first)
  expect((await world.get(slug)).body).toBe("one")
}, 60_000)

test("the machine of an organization that was shut is stopped, and runs again once that is open", async () => {
  const { id, slug } = await world.project("Shut")
  await world.run(id, await world.push(id, { "server.js": notesApp }))
  await world.get(slug, "/notes", { method: "POST", body: "Dune" })
  const shut = (at: Date | null) =>
    world.act(async (ctx) => {
      const text = "update organizations set disabled_at = $1"
      await ctx.db.query({ name: "test_shut", text }, [at])
      await wakeAll(ctx)
    })
  await shut(new Date())
  try {
    await world.until(id, {
      machine: { state: "stopped", wanted: "running" },
      app: { state: "stopped" },
    })
  } finally {
    await shut(null)
  }
  await world.until(id, { machine: { state: "running" }, app: { state: "running" } })
  expect((await world.get(slug, "/notes")).body).toBe('["Dune"]')
})
