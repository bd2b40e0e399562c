import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { dashboardPage } from "../pages/dashboard.js"
import { readDataset } from "../server/dataset.js"
import { makeFormat } from "../server/format.js"
import { html } from "../server/html.js"
import { readQuestion } from "../server/question.js"
import { readSettings } from "../server/settings.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
const orders = [
  "date,region,units,revenue",
  "2026-01-05,North,2,10.10",
  "2026-01-20,South,1,20.20",
  "2026-02-03,North,4,30.30",
  "2026-03-01,East,3,5.00",
].join("\n")

let app
let path
before(async () => {
  app = await startApp()
  const body = new FormData()
  body.set("file", new File([orders], "orders.csv"))
  path = (await app.ask("POST", "/files", { body })).headers.get("location")
})
after(() => app.stop())

const money = (value) =>
  new Intl.NumberFormat("en", { style: "currency", currency: settings.currency }).format(value)
const rowsOf = (page) => [...page.matchAll(/<td class="">(\d{4}-\d\d-\d\d)</g)].map((row) => row[1])

test("sums are exact and in the currency of the settings", async () => {
  const page = await app.page(path)
  assert.ok(page.includes(`<dd>${money(65.6)}</dd>`))
  assert.ok(page.includes(html`${settings.title}`))
})

test("bars show the sum of each group, the largest first", async () => {
  const page = await app.page(`${path}?by=1&sum=3`)
  const labels = [...page.matchAll(/<th scope="row">(\w+)</g)].map((row) => row[1])
  assert.deepEqual(labels, ["North", "South", "East"])
  assert.ok(page.includes(`North: ${money(40.4)}`))
})

test("bars begin with the column that the settings name, and a file without it says so", () => {
  const dataset = readDataset(
    "Name,Expense category,Place,Amount\nBread,Food,Town,2\nBus,Travel,Town,3\nTea,Food,Coast,1\n",
  )
  const draw = (groupBy) => {
    const query = new URLSearchParams()
    const question = readQuestion(dataset, query, groupBy)
    const asked = { dataset: { id: "1", name: "Costs", ...dataset }, question, rows: dataset.rows }
    const around = { settings: { ...settings, groupBy }, format: makeFormat("EUR") }
    return String(dashboardPage(around, { ...asked, query }))
  }
  const found = draw("Category")
  assert.match(found, /Amount by Expense category</)
  assert.match(found, /Food: €3\.00/)
  assert.doesNotMatch(found, /has no column/)
  assert.match(draw("PLACE"), /Amount by Place</)
  assert.match(draw("Colour"), /This file has no column “Colour”/)
  assert.doesNotMatch(draw(""), /has no column/)
})

test("the page of a file is drawn by the column of the settings", async () => {
  const name = settings.groupBy === "" ? "kind" : settings.groupBy
  const body = new FormData()
  body.set("text", `"${name.replaceAll('"', '""')}",units\nloud,1\nquiet,2\n`)
  const { headers } = await app.ask("POST", "/files", { body })
  const drawn = await app.page(headers.get("location"))
  assert.match(drawn, /quiet: 2</)
  assert.doesNotMatch(drawn, /has no column/)
})

test("bars can count rows and sum another column", async () => {
  assert.match(await app.page(`${path}?by=1&sum=count`), /North: 2</)
  assert.match(await app.page(`${path}?by=1&sum=2`), /North: 6</)
})

test("the line has a point for each day or month", async () => {
  const page = await app.page(path)
  assert.ok(page.includes(`5 Jan 2026: ${money(10.1)}`))
  const days = Array.from({ length: 60 }, (_, at) =>
    new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10),
  )
  const body = new FormData()
  body.set("text", `day,units\n${days.map((day) => `${day},1`).join("\n")}`)
  const { headers } = await app.ask("POST", "/files", { body })
  assert.match(await app.page(headers.get("location")), /Jan 2026: 31</)
})

test("search, a chosen value and ranges narrow rows, sums and charts together", async () => {
  assert.deepEqual(rowsOf(await app.page(`${path}?q=south`)), ["2026-01-20"])
  const north = await app.page(`${path}?f1=North`)
  assert.deepEqual(rowsOf(north), ["2026-01-05", "2026-02-03"])
  assert.ok(north.includes(`<dd>${money(40.4)}</dd>`))
  assert.deepEqual(rowsOf(await app.page(`${path}?from3=20&to3=25`)), ["2026-01-20"])
  assert.deepEqual(rowsOf(await app.page(`${path}?from0=2026-02-10`)), ["2026-03-01"])
})

test("filters that fit no row say so, and nonsense in the address changes nothing", async () => {
  assert.match(await app.page(`${path}?q=nowhere`), /No row fits/)
  const odd = await app.page(`${path}?f1=Nowhere&sort=99&from3=x&page=-4&by=zz&sum=77`)
  assert.equal(rowsOf(odd).length, 4)
})

test("rows are sorted both ways", async () => {
  const rising = rowsOf(await app.page(`${path}?sort=3`))
  assert.equal(rising[0], "2026-03-01")
  assert.deepEqual(rowsOf(await app.page(`${path}?sort=3&dir=down`)), rising.toReversed())
})

test("long tables come in pages of the size in the settings", async () => {
  const body = new FormData()
  const count = settings.rowsPerPage + 3
  body.set("text", `n,x\n${Array.from({ length: count }, (_, at) => `${at + 1},a`).join("\n")}`)
  const { headers } = await app.ask("POST", "/files", { body })
  const second = await app.page(`${headers.get("location")}?page=2`)
  const rows = second.slice(second.indexOf("rows-title"))
  assert.equal(rows.match(/<tr><td class="right">/g).length, 3)
  assert.doesNotMatch(second, /rel="next"/)
})

test("the rows that are seen can be downloaded, and formulas in them are harmless", async () => {
  const csv = await app.ask("GET", `${path}/rows.csv?f1=North`)
  assert.match(csv.headers.get("content-disposition"), /attachment/)
  assert.equal(csv.text.trim().split("\r\n").length, 3)
  const body = new FormData()
  body.set("text", "name,x\n=HYPERLINK(1),-5\n")
  const { headers } = await app.ask("POST", "/files", { body })
  const safe = await app.ask("GET", `${headers.get("location")}/rows.csv`)
  assert.match(safe.text, /'=HYPERLINK\(1\),-5/)
})

test("the example is there exactly when the settings want it", async () => {
  const { status } = await app.ask("GET", "/files/example")
  assert.equal(status, settings.example ? 200 : 404)
})

test("the accent of the settings colours the pages", async () => {
  assert.match((await app.ask("GET", "/theme.css")).text, /--accent:#[0-9a-f]{6}/)
})
