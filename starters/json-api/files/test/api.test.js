import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import {
  clientOf,
  example,
  firstField,
  resource,
  settings,
  valueFor,
} from "../testing/api-client.js"
import { startApp } from "../testing/start-app.js"

let app
let api
before(async () => {
  app = await startApp()
  api = clientOf(app)
})
after(() => app.stop())

test("a created record is answered with its address, and is there after a restart", async () => {
  const made = await api.ask("POST", "", example)
  assert.equal(made.status, 201)
  const { id, createdAt, updatedAt, ...values } = made.value
  assert.deepEqual(values, example)
  assert.equal(createdAt, updatedAt)
  assert.equal(made.headers.get("location"), `${resource.path}/${id}`)
  await app.restart()
  api = clientOf(app)
  assert.deepEqual((await api.ask("GET", `/${id}`)).value, made.value)
})

test("PATCH changes what it names, PUT replaces all, DELETE removes", async () => {
  const { id } = await api.create()
  const value = valueFor(firstField, 1)
  const changed = await api.ask("PATCH", `/${id}`, { [firstField.name]: value })
  assert.equal(changed.status, 200)
  for (const { name } of resource.fields)
    assert.deepEqual(changed.value[name], name === firstField.name ? value : example[name])
  const replaced = await api.ask("PUT", `/${id}`, { [firstField.name]: value })
  for (const { name } of resource.fields.slice(1)) assert.equal(replaced.value[name], null)
  assert.equal((await api.ask("DELETE", `/${id}`)).status, 204)
  assert.equal((await api.ask("GET", `/${id}`)).status, 404)
  assert.equal((await api.ask("DELETE", `/${id}`)).status, 404)
})

test("an ETag spares an unchanged answer, and keeps a change of others", async () => {
  const { id } = await api.create()
  const first = (await api.ask("GET", `/${id}`)).headers.get("etag")
  const same = await api.ask("GET", `/${id}`, undefined, { "if-none-match": first })
  assert.equal(same.status, 304)
  const change = { [firstField.name]: valueFor(firstField, 2) }
  const changed = await api.ask("PATCH", `/${id}`, change, { "if-match": first })
  assert.equal(changed.status, 200)
  assert.notEqual(changed.headers.get("etag"), first)
  for (const method of ["PATCH", "DELETE"]) {
    const json = method === "PATCH" ? change : undefined
    const late = await api.ask(method, `/${id}`, json, { "if-match": first })
    assert.equal(late.status, 412)
  }
  assert.equal((await api.ask("GET", `/${id}`)).status, 200)
})

test("every mistake in a body is told with its place, as problem+json", async () => {
  const wrong = Object.fromEntries(resource.fields.map(({ name }) => [name, { odd: true }]))
  const refused = await api.ask("POST", "", { ...wrong, stranger: 1 })
  assert.equal(refused.status, 422)
  assert.match(refused.headers.get("content-type"), /^application\/problem\+json/)
  const { status, title, errors } = refused.value
  assert.equal(status, 422)
  assert.ok(title)
  const places = errors.map(({ pointer }) => pointer).sort()
  assert.deepEqual(places, [...Object.keys(wrong), "stranger"].map((name) => `/${name}`).sort())
  assert.ok(errors.every(({ detail }) => detail))
})

test("the first field is required, the others may be left out", async () => {
  const { errors } = (await api.ask("POST", "", {})).value
  assert.deepEqual(errors, [{ pointer: `/${firstField.name}`, detail: "This field is required." }])
  const made = await api.ask("POST", "", { [firstField.name]: example[firstField.name] })
  assert.equal(made.status, 201)
  assert.equal(
    (await api.ask("PATCH", `/${made.value.id}`, { [firstField.name]: null })).status,
    422,
  )
})

test("what is no JSON object, too large or of another type is refused", async () => {
  const path = resource.path
  const key = api.key ? { authorization: `Bearer ${api.key}` } : {}
  const json = { ...key, "content-type": "application/json" }
  const send = (body, headers) => app.ask("POST", path, { body, headers })
  assert.equal((await send("{", json)).status, 400)
  assert.equal((await send("[]", json)).status, 400)
  assert.equal((await send("a=b", { ...key, "content-type": "text/plain" })).status, 415)
  assert.equal((await send(`{"x":"${"y".repeat(70_000)}"}`, json)).status, 413)
})

test("unknown addresses and methods are told as problems", async () => {
  const missing = await app.ask("GET", "/api/nowhere/at/all")
  assert.equal(missing.status, 404)
  assert.equal(missing.value.status, 404)
  const method = await api.ask("DELETE")
  assert.equal(method.status, 405)
  assert.match(method.headers.get("allow"), /GET, POST/)
  assert.equal((await api.ask("GET", "/not-a-number")).status, 404)
})

test("writing needs the key exactly when the settings say so", async () => {
  const bare = await app.ask("POST", resource.path, { json: example })
  assert.equal(bare.status, settings.keyToWrite ? 401 : 201)
  assert.equal(Boolean(api.key), settings.keyToWrite)
  const headers = { authorization: "Bearer guess" }
  const guessed = await app.ask("POST", resource.path, { json: example, headers })
  assert.equal(guessed.status, settings.keyToWrite ? 401 : 201)
  assert.equal((await app.ask("GET", resource.path)).status, 200)
})

test("pages of other sites may read and not write", async () => {
  const origin = { origin: "https://other.example", "sec-fetch-site": "cross-site" }
  const read = await api.ask("GET", "", undefined, origin)
  assert.equal(read.headers.get("access-control-allow-origin"), "*")
  assert.equal((await api.ask("POST", "", example, origin)).status, 403)
})

test("who changes too much has to wait", async () => {
  const from = { "x-forwarded-for": "10.9.9.9" }
  let answer
  for (let count = 0; count < 250 && answer?.status !== 429; count++)
    answer = await api.ask("DELETE", "/999999", undefined, from)
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get("retry-after")) > 0)
})
