// Every field that can be filtered, searched or ordered by, of every list of app.json.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { readSpec, viewsOf } from "../../server/spec.js"
import { dayFromNow, recordMaker } from "../samples.js"
import { startApp } from "../start-app.js"

const spec = readSpec()
let app
let make
before(async () => {
  app = await startApp()
  make = recordMaker(app, spec)
})
after(() => app.stop())

const exact = ["text", "flag", "choice", "whole_number", "rating", "date", "references"]

for (const entity of spec.entities) {
  const list = `/api/${entity.plural}`
  const idsFor = async (params) => {
    const query = new URLSearchParams({ ...params, _limit: "200", _sort: "" })
    return (await app.api("GET", `${list}?${query}`)).body.items.map((item) => item.id)
  }

  for (const field of entity.fields.filter(({ type }) => exact.includes(type))) {
    test(`${entity.plural} are filtered by ${field.name}`, async () => {
      const [wanted, other] = [await make.added(entity), await make.added(entity, { which: 1 })]
      const value = wanted[field.name]
      const found = await idsFor({ [field.name]: asParameter(value) })
      assert.ok(found.includes(wanted.id))
      if (String(value) !== String(other[field.name])) assert.ok(!found.includes(other.id))
    })
  }

  for (const field of entity.fields.filter(({ type }) => type === "date")) {
    test(`${entity.plural} are found by when ${field.name} is`, async () => {
      const closes = entity.fields.find(({ type, closes }) => type === "flag" && closes)
      const open = closes ? { [closes.name]: false } : {}
      const late = await make.added(entity, { ...open, [field.name]: dayFromNow(-2) })
      const soon = await make.added(entity, { ...open, [field.name]: dayFromNow(3) })
      const overdue = await idsFor({ [field.name]: "overdue" })
      const week = await idsFor({ [field.name]: "week" })
      assert.ok(overdue.includes(late.id) && !overdue.includes(soon.id))
      assert.ok(week.includes(soon.id) && !week.includes(late.id))
      if (!closes) return
      const done = await make.added(entity, { [closes.name]: true, [field.name]: dayFromNow(-2) })
      assert.ok(!(await idsFor({ [field.name]: "overdue" })).includes(done.id))
    })
  }

  const text = entity.fields.find(({ type }) => type === "text")
  if (text) {
    test(`${entity.plural} are found by a part of their ${text.name}`, async () => {
      const wanted = await make.added(entity, { [text.name]: "Under the 100% maple" })
      assert.deepEqual(await idsFor({ q: "100% MAP" }), [wanted.id])
    })
  }

  const ordered = [
    "text",
    "choice",
    "whole_number",
    "decimal",
    "money",
    "rating",
    "date",
    "computed",
  ]
  for (const field of entity.fields.filter(({ type }) => ordered.includes(type))) {
    test(`${entity.plural} are ordered by ${field.name}, both ways, empty ones last`, async () => {
      for (const which of [0, 1, 0]) await make.added(entity, { which })
      for (const sign of ["", "-"]) {
        const { body } = await app.api("GET", `${list}?_limit=200&_sort=${sign}${field.name}`)
        const values = body.items.map((item) => item[field.name])
        const filled = values.filter((value) => value !== null)
        assert.deepEqual(
          values.slice(filled.length),
          values.filter((value) => value === null),
        )
        const keys = filled.map((value) => keyOf(field, value))
        const right = keys.toSorted((one, other) => compare(one, other) * (sign ? -1 : 1))
        assert.deepEqual(keys, right)
      }
    })
  }

  test(`${entity.plural} offer the filters and the order that app.json names`, async () => {
    await make.added(entity)
    const page = await app.page(`/${entity.plural}`)
    for (const { field } of entity.filters)
      assert.match(page, new RegExp(`name="${field}(\\.min)?"`))
    if (!entity.sort) return
    const sign = entity.sort.direction === "desc" ? "-" : ""
    assert.ok(page.includes(`<option value="${sign}${entity.sort.field}" selected>`))
  })
}

for (const entity of spec.entities) {
  test(`${entity.plural} come as a table of what is found, with every field, and no formula`, async () => {
    const text = entity.fields.find(({ type }) => type === "text")
    const more = text ? { [text.name]: '=1+"2"' } : {}
    const { id } = await make.added(entity, more)
    const { status, headers, text: table } = await app.api("GET", `/api/${entity.plural}.csv`)
    assert.equal(status, 200)
    assert.match(headers.get("content-type"), /^text\/csv/)
    const [head] = table.split("\r\n")
    assert.equal(head, entity.fields.map(({ label }) => quotedCell(label)).join(","))
    if (!text) return
    assert.ok(table.includes(`"'=1+""2"""`))
    const none = await app.api("GET", `/api/${entity.plural}.csv?q=nothing-at-all-is-called-so`)
    assert.equal(none.text, `${head}\r\n`)
    await app.api("DELETE", `/api/${entity.plural}/${id}`)
  })

  const field = entity.fields.find(({ type }) => type === "decimal" || type === "money")
  const only = entity.fields.find(({ type }) => type === "text")
  const view = viewsOf(entity).find(({ kind, filter = [] }) => kind === "table" && !filter.length)
  if (!field || !only || !view) continue
  test(`${entity.plural} that are found are summed up by ${field.name}`, async () => {
    const [low, high] = [Math.max(field.min ?? 2, 2), Math.min(field.max ?? 9, 9)]
    for (const value of [low, high])
      await make.added(entity, { [only.name]: "Summed up quince", [field.name]: value })
    const page = await app.page(`/${entity.plural}?q=quince&_sort=&_view=${view.name}`)
    const [, figures] = page.match(/<section class="sums".*?>(.*?)<\/section>/s)
    const line = figures
      .split("<dl>")
      .find((each) => each.includes(`>${shownAs(field.label)}</dt>`))
    const numbers = [...line.matchAll(/<span class="number">([\d.,]+)/g)].map(([, each]) =>
      Number(each.replaceAll(",", "")),
    )
    assert.deepEqual(numbers, [low + high, (low + high) / 2, low, high])
    const headers = { "accept-language": "es-MX,en;q=0.8" }
    const { text } = await app.api(
      "GET",
      `/${entity.plural}?_view=${view.name}`,
      undefined,
      headers,
    )
    assert.match(text, /<section class="sums" lang="es"/)
    assert.ok(text.includes("Promedio"))
  })
}

const quotedCell = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const shownAs = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function asParameter(value) {
  if (typeof value === "boolean") return value ? "yes" : "no"
  return String([value].flat()[0] ?? "")
}

function keyOf({ type, choices }, value) {
  if (type === "choice") return choices.includes(value) ? choices.indexOf(value) : choices.length
  return type === "text" ? value.toLowerCase() : value
}

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0)
