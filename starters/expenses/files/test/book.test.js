import assert from "node:assert/strict"
import { after, before, beforeEach, test } from "node:test"
import { html } from "../server/html.js"
import { makeMoney } from "../server/money.js"
import { readSettings } from "../server/settings.js"
import { startApp } from "../testing/start-app.js"

const settings = readSettings()
const money = makeMoney(settings.currency)
const [one, two] = settings.people
const unit = 10 ** money.digits

let app
before(async () => {
  app = await startApp()
})
beforeEach(async () => {
  const entries = (await app.page("/")).matchAll(/href="(\/expenses\/\d+)"/g)
  for (const [, path] of entries) await app.post(`${path}/delete`, {})
})
after(() => app.stop())

/** An expense of 30 units that the first person paid for the first two. */
const add = ({ among = [one, two], ...changes } = {}) => {
  const fields = { title: "Dinner", amount: "30", paidBy: one, day: "2026-05-04", ...changes }
  const form = new URLSearchParams(fields)
  for (const person of among) form.append("among", person)
  return app.post("/expenses", form)
}
const shows = async (text) => (await app.page("/")).includes(String(text))
const debt = (from, to) => html`Mark as paid: ${from} to ${to}`
const written = (units) => html`${money.write(units * unit)}`
const entryOf = async () => (await app.page("/")).match(/href="(\/expenses\/\d+)"/)[1]

test("a new book is square and names the group, its people and categories", async () => {
  const page = await app.page("/")
  assert.match(page, /All square/)
  for (const text of [settings.groupName, ...settings.people, ...settings.categories])
    assert.ok(page.includes(html`${text}`), text)
})

test("the example has debts and keeps nothing", async () => {
  const example = await app.page("/example")
  assert.match(example, /Who owes whom/)
  assert.ok(example.includes(html`${settings.people[0]}`))
  assert.ok(await shows("All square"))
})

test("an expense makes the others owe their share, and survives a restart", async () => {
  assert.equal((await add()).status, 303)
  await app.restart()
  assert.ok(await shows(debt(two, one)))
  assert.ok(await shows(html`<strong>${money.write(15 * unit)}</strong>`))
  assert.ok(await shows(html`${money.write(30 * unit)} spent together`))
})

test("a chart shows what was spent by category, the largest first, without payments", async (t) => {
  const [first, second] = settings.categories
  if (!second) return t.skip("the settings have fewer than two categories")
  assert.doesNotMatch(await app.page("/"), /By category/)
  await add({ category: first, amount: "10" })
  await add({ category: second, amount: "30" })
  await add({ category: second, amount: "20" })
  await add({ amount: "5" })
  await app.post("/payments", { from: two, to: one, amount: "32" })
  const page = await app.page("/")
  const chart = page.slice(
    page.indexOf('id="by-category"'),
    page.indexOf("</ul></section>", page.indexOf('id="by-category"')),
  )
  const said = [
    [second, 50],
    [first, 10],
    ["Without a category", 5],
  ].map(
    ([name, units]) =>
      html`<span>${name}</span><span class="sum">${money.write(units * unit)}</span>`,
  )
  assert.deepEqual(chart.match(/<span>.*?<\/span><span class="sum">.*?<\/span>/g), said.map(String))
  assert.deepEqual(
    [...chart.matchAll(/class="plus" width="([\d.]+)%"/g)].map(([, width]) => Number(width)),
    [100, 20, 10],
  )
})

test("who is not among those it is split between carries nothing", async () => {
  await add({ among: [two] })
  assert.ok(await shows(html`<strong>${money.write(30 * unit)}</strong>`))
})

test("unequal parts are carried unequally", async () => {
  await add({ [`part ${two}`]: "2" })
  assert.ok(await shows(html`<strong>${money.write(20 * unit)}</strong>`))
})

test("a debt that is marked as paid is settled, and both are in the book", async () => {
  await add()
  await app.post("/payments", { from: two, to: one, amount: "15" })
  const page = await app.page("/")
  assert.match(page, /All square/)
  assert.ok(page.includes(html`${two} paid ${one}`))
  assert.ok(page.includes(`${written(30)} spent together`))
})

test("an expense is changed and deleted", async () => {
  await add()
  const path = await entryOf()
  const form = new URLSearchParams({
    title: "Lunch",
    amount: "10",
    paidBy: two,
    day: "2026-05-05",
    version: "1",
  })
  for (const person of [one, two]) form.append("among", person)
  assert.equal((await app.post(path, form)).status, 303)
  assert.ok(await shows(debt(one, two)))
  assert.ok(await shows("Lunch"))
  await app.post(`${path}/delete`, {})
  assert.ok(await shows("All square"))
  assert.equal((await app.ask("GET", path)).status, 404)
})

test("a change on top of somebody else's is told, and the values typed are kept", async () => {
  await add()
  const path = await entryOf()
  const change = (title) => {
    const fields = { title, amount: "10", paidBy: one, day: "2026-05-05", version: "1", among: two }
    return app.post(path, fields)
  }
  await change("First")
  const late = await change("Second")
  assert.equal(late.status, 409)
  assert.match(late.text, /value="Second"/)
  assert.ok(await shows("First"))
})

test("a form that is sent twice is one entry", async () => {
  await add({ form: "same-form" })
  await add({ form: "same-form" })
  assert.equal((await app.page("/")).match(/href="\/expenses\/\d+"/g).length, 1)
})

test("what does not fit is refused with the reason, and what was typed comes back", async () => {
  for (const [changes, reason] of [
    [{ amount: "a lot" }, /Give an amount/],
    [{ amount: "0" }, /more than nothing/],
    [{ title: " " }, /what it was for/],
    [{ title: "x".repeat(81) }, /what it was for/],
    [{ paidBy: "A stranger" }, /who paid/],
    [{ day: "2026-02-30" }, /Give a day/],
    [{ among: ["A stranger"] }, /between whom/],
    [{ [`part ${one}`]: "1.5" }, /whole numbers/],
  ]) {
    const answer = await add(changes)
    assert.equal(answer.status, 422)
    assert.match(answer.text, reason)
  }
  assert.match((await add({ amount: "oops" })).text, /value="Dinner"/)
  assert.ok(await shows("All square"))
})

test("payments are between two people of the book", async () => {
  for (const payment of [
    { from: one, to: one, amount: "5" },
    { from: one, to: "A stranger", amount: "5" },
    { from: one, to: two, amount: "-5" },
  ])
    assert.equal((await app.post("/payments", payment)).status, 422)
})

test("categories of the settings are kept, others are not", {
  skip: settings.categories.length === 0,
}, async () => {
  await add({ category: settings.categories[0] })
  assert.ok(await shows(html` · ${settings.categories[0]}`))
  await add({ category: "Bribes" })
  assert.equal(await shows("Bribes"), false)
})

test("the book as CSV has a row for each entry and a column for each person", async () => {
  await add({ title: '=cmd("x"), well' })
  const { text } = await app.ask("GET", "/expenses.csv")
  const [head, row] = text.split("\r\n")
  for (const person of settings.people) assert.ok(head.includes(person.replaceAll('"', '""')))
  assert.ok(row.includes(`"'=cmd(""x""), well"`))
  assert.ok(row.includes(money.plain(15 * unit)))
})

test("markup stays text, and another site cannot write", async () => {
  await add({ title: "<script>alert(1)</script>" })
  assert.equal(await shows("<script>alert"), false)
  const foreign = await app.post(
    "/payments",
    { from: one, to: two, amount: "1" },
    { "sec-fetch-site": "cross-site" },
  )
  assert.equal(foreign.status, 403)
})
