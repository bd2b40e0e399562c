// What holds for the app as a whole, whatever app.json keeps.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { readSpec } from "../../server/spec.js"
import { startApp } from "../start-app.js"

const spec = readSpec()
const [{ plural }] = spec.entities
let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

test("every list has a page and an address in the API", async () => {
  const { body } = await app.api("GET", "/api")
  assert.deepEqual(
    body.lists.map(({ url }) => url),
    spec.entities.map((entity) => `/api/${entity.plural}`),
  )
  for (const { url } of body.lists) {
    assert.equal((await app.api("GET", url)).status, 200)
    assert.equal((await app.api("GET", url.replace("/api", ""))).status, 200)
    assert.equal((await app.api("GET", `${url.replace("/api", "")}/new`)).status, 200)
  }
})

test("the first page allows no inline script and names the app", async () => {
  const { status, headers, text } = await app.api("GET", "/")
  assert.equal(status, 200)
  assert.ok(text.includes("<title>"))
  assert.match(headers.get("content-security-policy"), /script-src 'self'/)
  assert.doesNotMatch(text, /<script>|style="|onclick=/)
})

test("what is not there answers 404, as a page and as JSON", async () => {
  assert.equal((await app.api("GET", "/nowhere")).status, 404)
  assert.equal((await app.api("GET", "/public/../server.js")).status, 404)
  const answer = await app.api("GET", `/api/${plural}/999999`)
  assert.equal(answer.status, 404)
  assert.ok(answer.body.error)
})

test("a method that makes no sense answers 405 and names those that do", async () => {
  const answer = await app.api("PUT", `/api/${plural}`)
  assert.equal(answer.status, 405)
  assert.equal(answer.headers.get("allow"), "GET, POST")
})

test("a body that is no JSON, no object, unlabelled or too large is refused", async () => {
  const send = async (body, headers) =>
    (await app.api("POST", `/api/${plural}`, body, headers)).status
  assert.equal(await send("{"), 400)
  assert.equal(await send("[]"), 400)
  assert.equal(await send("{}", { "content-type": "text/plain" }), 415)
  assert.equal(await send(JSON.stringify({ text: "x".repeat(70_000) })), 413)
})

test("an unknown field is refused by name", async () => {
  const answer = await app.api("POST", `/api/${plural}`, { no_such_field: 1 })
  assert.equal(answer.status, 422)
  assert.ok(answer.body.fields.no_such_field)
})

test("a change that comes from another site is refused", async () => {
  const by = async (headers) =>
    (await app.api("DELETE", `/api/${plural}/999999`, undefined, headers)).status
  assert.equal(await by({ "sec-fetch-site": "cross-site" }), 403)
  assert.equal(await by({ "sec-fetch-site": "same-site" }), 403)
  assert.equal(await by({ origin: "https://elsewhere.example" }), 403)
  assert.equal(await by({ "sec-fetch-site": "same-origin" }), 404)
})

for (const { plural: list, suggestion } of spec.entities) {
  if (!suggestion) continue
  test(`a suggestion of ${list} is an open record with a reason`, async () => {
    const { status, body } = await app.api("GET", `/api/${list}/suggestion`)
    assert.equal(status, 200)
    assert.ok(body.because)
  })
}
