import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { startApp } from "../testing/start-app.js"

let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

function upload(text, name = "orders.csv") {
  const body = new FormData()
  body.set("file", new File([text], name, { type: "text/csv" }))
  return app.ask("POST", "/files", { body })
}

/** The page of a file that was taken. */
async function shown(text) {
  const { status, headers } = await upload(text)
  assert.equal(status, 303)
  return app.page(headers.get("location"))
}

test("the first page answers without any file and says what to do", async () => {
  const { status, text } = await app.ask("GET", "/")
  assert.equal(status, 200)
  assert.match(text, /No file yet/)
})

test("a file is listed with its rows and columns, and survives a restart", async () => {
  await upload("day,units\n2026-01-01,3\n2026-01-02,4\n", "stock.csv")
  await app.restart()
  assert.match(await app.page("/"), /stock<\/a>\s*<span class="quiet">2 rows · 2 columns/)
})

test("English and German numbers, money, dates and codes are told apart", async () => {
  const english = await shown('when,price,weight,zip\n03/25/2026,19.99,"1,200.50",01067\n')
  assert.match(english, />money</)
  assert.match(english, /<td class="right">1,200\.5</)
  assert.match(english, />2026-03-25</)
  assert.match(english, /<td class="">01067</)
  const german = await shown("Tag;Gewicht\n25.03.2026;1.200,50\n")
  assert.match(german, /<td class="right">1,200\.5</)
  assert.match(german, />2026-03-25</)
})

test("quotes may hold separators, quotes and line breaks", async () => {
  const page = await shown('name,note\nAda,"one, ""two""\nthree"\nBob,four\n')
  assert.match(page, /one, &#34;two&#34;\nthree/)
  assert.match(page, /2 rows, 2 columns/)
})

test("rows that do not fit are left out and named by their line", async () => {
  const page = await shown("a,b\n1,2\n1,2,3\n4,5\n")
  assert.match(page, /Line 3 was left out: 3 cells where the header has 2/)
  assert.match(page, /1 of 3 rows were left out/)
})

test("a value that is no number is named, and the others are still summed", async () => {
  const rows = Array.from({ length: 20 }, (_, at) => (at === 4 ? "x,oops" : `x,${at}`))
  const page = await shown(`group,units\n${rows.join("\n")}\n`)
  assert.match(page, /Line 6: “oops” in units is not a number/)
  assert.match(page, /<dd>186<\/dd>/)
})

test("what holds no table is refused with the reason beside the form", async () => {
  for (const [text, reason] of [
    ["", /Choose a file/],
    ["just words\n", /No table was found/],
    ["a,b\n", /no row below it/],
    ["a,b\n1,\u0000\n", /no text file/],
  ]) {
    const answer = await upload(text)
    assert.equal(answer.status, 422)
    assert.match(answer.text, reason)
  }
})

test("a file beyond the limit is refused and nothing of it is kept", async () => {
  const answer = await upload(`a,b\n${"1,2\n".repeat(600_000)}`, "huge.csv")
  assert.equal(answer.status, 413)
  assert.doesNotMatch(await app.page("/"), /huge/)
})

test("a pasted table needs no file", async () => {
  const body = new FormData()
  body.set("text", "city;people\nUlm;128000\nBonn;331000")
  const { headers } = await app.ask("POST", "/files", { body })
  assert.match(await app.page(headers.get("location")), /Pasted table/)
})

test("markup in a file is shown as text", async () => {
  const page = await shown("a,b\n<script>alert(1)</script>,2\n")
  assert.doesNotMatch(page, /<script>alert/)
  assert.match(page, /&#60;script&#62;/)
})

test("a deleted file is gone, and another site cannot delete one", async () => {
  const { headers } = await upload("a,b\n1,2\n", "short-lived.csv")
  const path = headers.get("location")
  const foreign = await app.post(`${path}/delete`, {}, { "sec-fetch-site": "cross-site" })
  assert.equal(foreign.status, 403)
  assert.equal((await app.ask("GET", path)).status, 200)
  await app.post(`${path}/delete`, {})
  assert.equal((await app.ask("GET", path)).status, 404)
})
