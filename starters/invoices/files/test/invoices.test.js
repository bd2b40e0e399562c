import assert from "node:assert/strict"
import { test } from "node:test"
import { becomeOwner } from "./owner.js"
import { sharedApp, startApp } from "./start-app.js"

/** What these tests reckon with, whatever the settings are. */
const fixed = {
  tax_rate: 19,
  other_tax_rates: ["7", "0"],
  currency: "EUR",
  prefix: "R-",
  tax_name: "Tax",
  payment_days: 14,
}
const year = new Date().getUTCFullYear()
const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

async function office(t, changed = {}) {
  const app = await startApp(t, { ...fixed, ...changed })
  const owner = await becomeOwner(app)
  await owner.post("/customers", { name: "Corner Bakery", address: "12 Mill Lane\nOldtown" })
  return { app, owner }
}

let commonOwner
/** The office that those tests share which count nothing. */
async function commonOffice() {
  const app = await sharedApp(fixed)
  if (!commonOwner) {
    commonOwner = await becomeOwner(app)
    await commonOwner.post("/customers", { name: "Corner Bakery", address: "Oldtown" })
  }
  return { app, owner: commonOwner }
}

/** @param lines `[description, quantity, price, rate]` */
function formOf(lines, rest = {}) {
  const form = new URLSearchParams({ customer: "1", issued_on: day(0), due_on: day(14), ...rest })
  for (const [description, quantity, price, rate] of lines) {
    form.append("description", description)
    form.append("quantity", quantity)
    form.append("price", price)
    form.append("rate", String(rate))
  }
  return form
}

async function draft(owner, lines, rest) {
  const answer = await owner.ask("/invoices", { method: "POST", body: formOf(lines, rest) })
  assert.equal(answer.status, 303, answer.text)
  return answer.headers.get("location")
}

async function issued(owner, lines = [["Work", "1", "100", 1900]], rest = {}) {
  const path = await draft(owner, lines, rest)
  await owner.post(`${path}/issue`)
  return path
}

/** Numbers at the foot of an invoice by their names. */
async function totalsOf(owner, path) {
  const { text } = await owner.get(path)
  const part = text.split('class="paper-totals"')[1].split("</dl>")[0]
  return Object.fromEntries(
    [...part.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>([^<]*)<\/dd>/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
}

test("strangers see how an invoice looks, and none that was written", async (t) => {
  const { app, owner } = await office(t)
  await issued(owner, [["Secret work", "1", "100", 1900]])
  const stranger = app.visitor()
  const { status, text } = await stranger.get("/")
  assert.equal(status, 200)
  assert.match(text, /Specimen/)
  assert.doesNotMatch(text, /Secret work/)
  for (const path of [
    "/invoices/1",
    "/invoices.csv",
    "/customers",
    "/customers/1",
    "/invoices/new",
  ])
    assert.equal((await stranger.get(path)).status, 303, path)
  assert.equal((await stranger.post("/invoices/1/void")).status, 403)
})

test("an office without customers or invoices says what comes first", async (t) => {
  const app = await startApp(t)
  const owner = await becomeOwner(app)
  assert.match((await owner.get("/")).text, /No invoices yet/)
  assert.match((await owner.get("/invoices/new")).text, /needs a customer, so this comes first/)
})

test("tax is reckoned in whole cents for each rate from what has that rate", async () => {
  const { owner } = await commonOffice()
  const path = await draft(owner, [
    ["Three thirds", "3", "0.35", 1900],
    ["Hours", "1,5", "33,33", 1900],
    ["Books", "10", "9.99", 700],
    ["Stamps", "1", "4", 0],
  ])
  // 1.05 + 50.00 (49.995 rounded) = 51.05 at 19 % is 9.70 (9.6995); 99.90 at 7 % is 6.99.
  assert.deepEqual(await totalsOf(owner, path), {
    Net: "€154.95",
    "Tax 19 %": "€9.70",
    "Tax 7 %": "€6.99",
    "Tax 0 %": "€0.00",
    Total: "€171.64",
  })
})

test("a discount takes tax off, too", async () => {
  const { owner } = await commonOffice()
  const lines = [
    ["Work", "2", "500", 1900],
    ["Friends", "1", "-100", 1900],
  ]
  assert.deepEqual(await totalsOf(owner, await draft(owner, lines)), {
    Net: "€900.00",
    "Tax 19 %": "€171.00",
    Total: "€1,071.00",
  })
})

test("numbers are given when issuing, one after the other, by year, and drafts take none", async (t) => {
  const { owner } = await office(t)
  const thrown = await draft(owner, [["Never", "1", "1", 1900]])
  const paths = [await issued(owner), await issued(owner)]
  await owner.post(`${thrown}/delete`)
  paths.push(await issued(owner))
  const old = await issued(owner, undefined, { issued_on: "2024-05-01", due_on: "2024-05-15" })
  const numbers = await Promise.all(
    [...paths, old].map(async (path) => (await owner.get(path)).text.match(/<h1>([^<]*)</)[1]),
  )
  assert.deepEqual(numbers, [`R-${year}-0001`, `R-${year}-0002`, `R-${year}-0003`, "R-2024-0001"])
  assert.equal((await owner.get(thrown)).status, 404)
})

test("an issued invoice stays as it was, whatever happens to customer and settings", async (t) => {
  const { app, owner } = await office(t)
  const path = await issued(owner)
  await owner.post("/customers/1", { name: "Renamed", address: "Elsewhere" })
  await app.restart({ ...fixed, currency: "USD", business_name: "New name" })
  const paper = (await owner.get(path)).text.split('<article class="paper"')[1]
  assert.match(paper, /Corner Bakery/)
  assert.match(paper, /€119\.00/)
  assert.doesNotMatch(paper, /New name/)
  const body = formOf([["Other", "1", "1", 1900]])
  assert.equal((await owner.ask(path, { method: "POST", body })).status, 409)
  assert.equal((await owner.get(`${path}/edit`)).status, 409)
  assert.equal((await owner.post(`${path}/delete`)).status, 409)
})

test("an invoice is open, then overdue, then paid, and the sums follow", async (t) => {
  const { owner } = await office(t)
  await issued(owner)
  const late = await issued(owner, [["Late", "1", "50", 0]], {
    issued_on: day(-30),
    due_on: day(-3),
  })
  const sums = async () => {
    const { text } = await owner.get("/")
    return [...text.split('class="sums"')[1].matchAll(/<dd>([^<]*)<\/dd>/g)].map(([, sum]) => sum)
  }
  assert.deepEqual(await sums(), ["€169.00", "€50.00", "€0.00"])
  assert.match((await owner.get("/?show=overdue")).text, /class="state overdue"/)
  await owner.post(`${late}/pay`, { paid_on: day(0) })
  assert.deepEqual(await sums(), ["€119.00", "€0.00", "€50.00"])
  assert.match((await owner.get(late)).text, /class="stamp paid"/)
  await owner.post(`${late}/unpay`)
  assert.deepEqual(await sums(), ["€169.00", "€50.00", "€0.00"])
})

test("an invoice that was taken back keeps its number and counts nowhere", async (t) => {
  const { owner } = await office(t)
  const path = await issued(owner)
  await owner.post(`${path}/void`)
  assert.match((await owner.get(path)).text, /class="stamp void"/)
  const next = await issued(owner)
  assert.match((await owner.get(next)).text, new RegExp(`R-${year}-0002`))
  assert.match((await owner.get("/")).text, /€119\.00/)
  assert.equal((await owner.post(`${path}/pay`, { paid_on: day(0) })).status, 409)
})

test("a draft is changed and copied", async () => {
  const { owner } = await commonOffice()
  const path = await draft(owner, [["Work", "1", "100", 1900]])
  await owner.ask(path, { method: "POST", body: formOf([["More work", "2", "100", 700]]) })
  assert.equal((await totalsOf(owner, path)).Total, "€214.00")
  const copy = await owner.post(`${path}/copy`)
  assert.match((await owner.get(copy.headers.get("location"))).text, /value="More work"/)
})

test("wrong lines and dates are named, and what was typed is kept", async () => {
  const { owner } = await commonOffice()
  const send = (lines, rest) =>
    owner.ask("/invoices", { method: "POST", body: formOf(lines, rest) })
  const price = await send([["Kept words", "1", "1.234,56", 1900]])
  assert.equal(price.status, 400)
  assert.match(price.text, /Line 1: give a price/)
  assert.match(price.text, /value="Kept words"/)
  assert.match((await send([["", "1", "5", 1900]])).text, /say what it is for/)
  assert.match((await send([["A", "x", "5", 1900]])).text, /give a quantity/)
  assert.match((await send([["A", "1", "5", 1234]])).text, /choose a tax rate/)
  assert.match((await send([], { due_on: "2020-01-01" })).text, /cannot be due before its date/)
  assert.match((await send([], { issued_on: "2024-02-31" })).text, /give a day such as/)
  assert.match((await send([], { customer: "99" })).text, /Choose a customer/)
  assert.doesNotMatch((await owner.get("/invoices.csv")).text, /"2024-02|"2020-/)
})

test("a draft without lines cannot be issued", async () => {
  const { owner } = await commonOffice()
  assert.equal((await owner.post(`${await draft(owner, [])}/issue`)).status, 409)
})

test("a customer with invoices stays, one without can be deleted", async (t) => {
  const { owner } = await office(t)
  await owner.post("/customers", { name: "Nobody", address: "Nowhere" })
  await issued(owner)
  assert.equal((await owner.post("/customers/1/delete")).status, 409)
  assert.equal((await owner.post("/customers/2/delete")).status, 303)
  const { text } = await owner.get("/customers")
  assert.match(text, /Corner Bakery/)
  assert.doesNotMatch(text, /Nobody/)
})

test("all invoices are exported for spreadsheets, without formulas", async (t) => {
  const { owner } = await office(t)
  await owner.post("/customers", { name: "=HYPERLINK()", address: "x" })
  await issued(owner)
  await issued(owner, [["Refund", "1", "-10", 0]], { customer: "2" })
  const { text } = await owner.get("/invoices.csv")
  assert.match(text, new RegExp(`"R-${year}-0001","open","Corner Bakery"`))
  assert.match(text, /"100\.00","19\.00","119\.00","EUR"/)
  assert.match(text, /"'=HYPERLINK\(\)"/)
  assert.match(text, /"-10\.00"/)
})

test("names are shown as text, and other sites' pages change nothing", async () => {
  const { owner } = await commonOffice()
  await owner.post("/customers", { name: "<script>alert(1)</script>", address: "x" })
  assert.doesNotMatch((await owner.get("/customers")).text, /<script>alert/)
  const foreign = { "sec-fetch-site": "cross-site" }
  assert.equal(
    (await owner.post("/customers", { name: "Spam", address: "x" }, foreign)).status,
    403,
  )
})

test("the app starts with the settings as they are", async (t) => {
  const app = await startApp(t)
  const { status } = await app.visitor().get("/")
  assert.equal(status, 200)
})
