import assert from "node:assert/strict"
import { test } from "node:test"
import { settings } from "../server/settings.ts"
import { startApp } from "./start-app.ts"

const area = settings.areas.at(-1)
const person = settings.people.at(-1) ?? ""

test("a task is kept with all that was said of it, also when the app starts again", async (t) => {
  const app = await startApp(t)
  const task = {
    title: "Paint <the> door",
    notes: "Twice\nat least",
    area,
    person,
    priority: "high",
    due: "2026-03-01",
  }
  const { status, body } = await app.ask("POST", "/api/tasks", task)
  assert.equal(status, 201)
  await app.restart()
  const state = await app.ask("GET", "/api/state")
  assert.deepEqual(state.body.tasks, [
    { ...task, id: body.id, doneAt: null, createdAt: body.createdAt },
  ])
  assert.equal(state.body.settings.title, settings.title)
})

test("what is wrong is told at its field, and nothing is kept", async (t) => {
  const app = await startApp(t)
  const wrong = {
    title: "  ",
    area: "Nowhere",
    person: "Nobody",
    priority: "extreme",
    due: "2026-02-30",
  }
  const { status, body } = await app.ask("POST", "/api/tasks", wrong)
  assert.equal(status, 400)
  assert.deepEqual(Object.keys(body.fields).sort(), ["area", "due", "person", "priority", "title"])
  const long = await app.ask("POST", "/api/tasks", { title: "x".repeat(121) })
  assert.match(long.body.fields.title ?? "", /at most 120/)
  assert.deepEqual((await app.ask("GET", "/api/state")).body.tasks, [])
})

test("a change leaves what it does not name, and can be done and undone", async (t) => {
  const app = await startApp(t)
  const { body: task } = await app.ask("POST", "/api/tasks", {
    title: "Call",
    notes: "Monday",
    area,
  })
  const changed = await app.ask("PATCH", `/api/tasks/${task.id}`, { title: "Call Ada" })
  assert.deepEqual(changed.body, { ...task, title: "Call Ada" })
  const done = await app.ask("POST", `/api/tasks/${task.id}/done`, { done: true })
  assert.ok(done.body.doneAt)
  const twice = await app.ask("POST", `/api/tasks/${task.id}/done`, { done: true })
  assert.equal(twice.body.doneAt, done.body.doneAt)
  const open = await app.ask("POST", `/api/tasks/${task.id}/done`, { done: false })
  assert.equal(open.body.doneAt, null)
})

test("a deleted task can be brought back", async (t) => {
  const app = await startApp(t)
  const { body: task } = await app.ask("POST", "/api/tasks", { title: "Sweep" })
  await app.ask("DELETE", `/api/tasks/${task.id}`)
  assert.deepEqual((await app.ask("GET", "/api/state")).body.tasks, [])
  assert.equal((await app.ask("PATCH", `/api/tasks/${task.id}`, { title: "x" })).status, 404)
  assert.deepEqual((await app.ask("POST", `/api/tasks/${task.id}/restore`)).body, task)
  assert.deepEqual((await app.ask("GET", "/api/state")).body.tasks, [task])
})

test("open pages hear of each change", async (t) => {
  const app = await startApp(t)
  const live = await fetch(`${app.url()}/api/live`)
  const reader = live.body?.pipeThrough(new TextDecoderStream()).getReader()
  const until = async (words: string) => {
    for (let heard = ""; !heard.includes(words); ) heard += (await reader?.read())?.value ?? ""
  }
  await until("event: hello")
  await app.ask("POST", "/api/tasks", { title: "Listen" })
  await until("event: changed")
  await reader?.cancel()
})

test("other sites cannot write, and broken requests are refused", async (t) => {
  const app = await startApp(t)
  const send = (headers: Record<string, string>, body: string) =>
    fetch(`${app.url()}/api/tasks`, { method: "POST", headers, body })
  const json = { "Content-Type": "application/json" }
  assert.equal((await send({ "Content-Type": "text/plain" }, '{"title":"x"}')).status, 415)
  assert.equal((await send(json, "{")).status, 400)
  assert.equal((await send(json, JSON.stringify("x".repeat(70_000)))).status, 413)
  assert.equal((await app.ask("GET", "/api/nothing")).status, 404)
  assert.deepEqual((await app.ask("GET", "/api/state")).body.tasks, [])
})
