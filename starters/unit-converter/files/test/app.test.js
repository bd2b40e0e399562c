// The running app, with whatever settings.json says.
import assert from "node:assert/strict"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, test } from "node:test"
import { makeHandler } from "../server/handler.js"
import { esc } from "../server/page.js"
import { readSettings } from "../server/settings.js"
import { openStore } from "../server/store.js"

const settings = readSettings()
const opened = []

async function open(changes = {}) {
  const folder = mkdtempSync(join(tmpdir(), "converter-"))
  const store = openStore(folder)
  const server = createServer(makeHandler({ settings: { ...settings, ...changes }, store }))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  opened.push({ server, store, folder })
  const base = `http://127.0.0.1:${server.address().port}`
  return {
    get: async (path) => {
      const answer = await fetch(base + path)
      return { status: answer.status, text: await answer.text(), headers: answer.headers }
    },
    post: (path, values, headers = {}) =>
      fetch(base + path, {
        method: "POST",
        redirect: "manual",
        headers,
        body: new URLSearchParams(values),
      }),
  }
}

let app
before(async () => {
  app = await open()
})
after(() => {
  for (const { server, store, folder } of opened) {
    server.close()
    server.closeAllConnections()
    store.close()
    rmSync(folder, { recursive: true })
  }
})
const length = { quantity: "length", from: "mi", to: "km" }
const address = (values) => `/?${new URLSearchParams(values)}`

test("the first page has the title, every quantity and what was chosen to open with", async () => {
  const { status, text } = await app.get("/")
  assert.equal(status, 200)
  assert.ok(text.includes(`<title>${esc(settings.title)}</title>`))
  assert.ok(text.includes("Temperature") && text.includes("Pressure"))
  assert.match(text, new RegExp(`quantity=${settings.opensWith}" aria-current="page"`))
  assert.ok(text.includes(`--accent: ${settings.accent}`))
})

test("an address holds a conversion, which works without JavaScript", async () => {
  const digits = await open({ decimals: 3 })
  const { text } = await digits.get(address({ ...length, value: "2 * 5" }))
  assert.match(text, /<output id="result"[^>]*>16\.093</)
  assert.match(text, /<dd data-unit="ft">52,800</)
})

test("what is no number is said, and nothing breaks", async () => {
  const { status, text } = await app.get(address({ ...length, value: "<script>" }))
  assert.equal(status, 200)
  assert.ok(text.includes("Type a number or a sum"))
  assert.ok(!text.includes('<script>"') && text.includes("&lt;script&gt;"))
})

test("a conversion is kept once, shown to everybody, and forgotten", async () => {
  const keeping = await open({ keeps: true })
  for (const _ of [1, 2])
    assert.equal((await keeping.post("/keep", { ...length, value: "26.2" })).status, 303)
  const { text } = await keeping.get("/")
  assert.equal(text.match(/26\.2 mi = /g).length, 2)
  const [, id] = /name="id" value="(\d+)"/.exec(text)
  assert.equal((await keeping.post("/forget", { id })).status, 303)
  assert.ok((await keeping.get("/")).text.includes("Nothing is kept yet"))
})

test("nothing is kept where that is switched off", async () => {
  const plain = await open({ keeps: false })
  assert.equal((await plain.post("/keep", { ...length, value: "1" })).status, 404)
  assert.ok(!(await plain.get("/")).text.includes("Keep this"))
})

test("own units are converted, and a line that cannot be read is shown", async () => {
  const own = await open({ ownUnits: ["1 box = 24 bottles", "what <b>"], decimals: 0 })
  const { text } = await own.get("/?quantity=own1&value=3")
  assert.match(text, /<output id="result"[^>]*>72</)
  assert.ok(text.includes("cannot be read: <q>what &lt;b&gt;</q>"))
})

test("requests of other pages change nothing, nor do large or strange ones", async () => {
  const keeping = await open({ keeps: true })
  const value = { ...length, value: "1" }
  assert.equal((await keeping.post("/keep", value, { "sec-fetch-site": "cross-site" })).status, 403)
  assert.equal((await keeping.post("/keep", value, { origin: "https://evil.example" })).status, 403)
  assert.equal((await keeping.post("/keep", value, { origin: "null" })).status, 403)
  assert.equal((await keeping.post("/keep", { ...value, more: "x".repeat(9000) })).status, 413)
  assert.equal((await keeping.post("/keep", { ...length, value: "x" })).status, 422)
  assert.ok((await keeping.get("/")).text.includes("Nothing is kept yet"))
})

test("only its own files are answered", async () => {
  assert.equal((await app.get("/units.js")).status, 200)
  for (const path of [
    "/server.js",
    "/../settings.json",
    "/%2e%2e/settings.json",
    "/public/units.js",
  ])
    assert.equal((await app.get(path)).status, 404)
})
