// Every list of app.json, and every field of it, from the form and the API to the disk and back.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { readSpec, storedFields, titleField } from "../../server/spec.js"
import { defaultOf } from "../../server/validate.js"
import { plain, recordMaker, sampleValue, wrongValue } from "../samples.js"
import { startApp } from "../start-app.js"

const spec = readSpec()
let app
let make
before(async () => {
  app = await startApp()
  make = recordMaker(app, spec)
})
after(() => app.stop())

for (const entity of spec.entities) {
  const list = `/api/${entity.plural}`
  const fields = storedFields(entity)
  const one = async (id) => (await app.api("GET", `${list}/${id}`)).body

  test(`${entity.plural}: every field of a new record is kept, also through a restart`, async () => {
    const { id } = await make.added(entity)
    const record = await one(id)
    assert.ok(record.created_at && record.updated_at)
    assert.deepEqual(plain(entity, record), await make.values(entity))
    await app.restart()
    assert.deepEqual(plain(entity, await one(id)), await make.values(entity))
  })

  test(`${entity.plural}: a change is shown in the list, and a change of nothing keeps everything`, async () => {
    const { id } = await make.added(entity)
    const other = await make.values(entity, 1)
    const answer = await app.api("PATCH", `${list}/${id}`, other)
    assert.equal(answer.status, 200, answer.text)
    const { body } = await app.api("GET", `${list}?_limit=200&_sort=`)
    assert.deepEqual(
      plain(
        entity,
        body.items.find((item) => item.id === id),
      ),
      other,
    )
    await app.api("PATCH", `${list}/${id}`, {})
    assert.deepEqual(plain(entity, await one(id)), other)
  })

  test(`${entity.plural}: a deleted record answers 404`, async () => {
    const { id } = await make.added(entity)
    assert.equal((await app.api("DELETE", `${list}/${id}`)).status, 204)
    assert.equal((await app.api("GET", `${list}/${id}`)).status, 404)
    assert.equal((await app.api("DELETE", `${list}/${id}`)).status, 404)
  })

  for (const field of fields) {
    const { name } = field
    test(`${entity.plural}: ${name} refuses ${JSON.stringify(wrongValue(field))} and says so`, async () => {
      const before = (await app.api("GET", list)).body.total
      const values = { ...(await make.values(entity)), [name]: wrongValue(field) }
      const answer = await app.api("POST", list, values)
      assert.equal(answer.status, 422)
      assert.deepEqual(Object.keys(answer.body.fields), [name])
      assert.equal((await app.api("GET", list)).body.total, before)
    })

    const other = otherwise(field)
    if (other) {
      test(`${entity.plural}: ${name} takes ${JSON.stringify(other.sent)} for ${JSON.stringify(other.kept)}`, async () => {
        const values = { ...(await make.values(entity)), [name]: other.sent }
        const answer = await app.api("POST", list, values)
        assert.equal(answer.status, 201, answer.text)
        assert.deepEqual((await one(answer.body.id))[name], other.kept)
      })
    }

    if (field.required) {
      test(`${entity.plural}: without ${name} nothing is kept`, async () => {
        const answer = await app.api("POST", list, { ...(await make.values(entity)), [name]: null })
        // a mark that is not there is a no
        assert.equal(answer.status, field.type === "flag" ? 201 : 422)
        if (field.type !== "flag") assert.deepEqual(Object.keys(answer.body.fields), [name])
      })
    }

    if (field.default !== undefined) {
      test(`${entity.plural}: ${name} begins with its default, in the form and the API`, async () => {
        const { [name]: _, ...rest } = await make.values(entity)
        const { body } = await app.api("POST", list, rest)
        assert.deepEqual(body[name], defaultOf(field))
        const form = await app.page(`/${entity.plural}/new`)
        const shown = String(defaultOf(field)).replace(
          /[&<>"']/g,
          (sign) => `&#${sign.charCodeAt(0)};`,
        )
        const isMark = field.type === "flag"
        assert.ok(isMark ? markOf(form, name) === field.default : form.includes(shown), form)
      })
    }

    if (["whole_number", "decimal", "money"].includes(field.type)) testBounds(entity, field)
  }

  const needsNothing = !fields.some((field) => field.required)
  if (
    needsNothing &&
    fields.some(({ type, default: value }) => type !== "flag" && value === undefined)
  ) {
    const nothing = Object.fromEntries(
      fields.filter(({ type }) => type !== "flag").map(({ name }) => [name, null]),
    )
    test(`${entity.plural}: a record with nothing filled in is refused, by the API and the form`, async () => {
      const before = (await app.api("GET", list)).body.total
      const answer = await app.api("POST", list, nothing)
      assert.equal(answer.status, 422)
      assert.match(answer.body.error, /at least one/)
      const page = await app.send(`/${entity.plural}`, {})
      assert.equal(page.status, 422)
      assert.ok(page.text.includes(answer.body.error))
      assert.match(page.text, /<form method="post"/)
      assert.equal((await app.api("GET", list)).body.total, before)
    })
  }

  test(`${entity.plural}: the pages show a record and offer every field`, async () => {
    const text = entity.fields.find(({ type }) => type === "text")
    const odd = text ? { [text.name]: "Ada & <b>Grace</b>" } : {}
    const { id } = await make.added(entity, odd)
    const found = await app.page(`/${entity.plural}/${id}`)
    if (text) assert.ok(found.includes("Ada &#38; &#60;b&#62;Grace&#60;/b&#62;"))
    const form = await app.page(`/${entity.plural}/${id}/edit`)
    for (const { name } of fields) assert.ok(form.includes(`id="field-${name}"`), name)
    for (const field of entity.fields)
      if (field !== titleField(entity))
        assert.ok(found.includes(`<dt>${escaped(field.label)}</dt>`))
  })

  test(`${entity.plural}: a form keeps what was typed, and says what is wrong beside it`, async () => {
    const field = fields.find(({ type }) => type === "email" || type === "date" || type === "url")
    const values = formOf(await make.values(entity), fields)
    const answer = await app.send(
      `/${entity.plural}`,
      field ? { ...values, [field.name]: "nope" } : values,
    )
    assert.equal(answer.status, field ? 422 : 303)
    if (!field) return
    assert.ok(answer.text.includes(`id="field-${field.name}-error"`))
    assert.ok(answer.text.includes('value="nope"'))
    assert.equal((await app.send(`/${entity.plural}`, values)).status, 303)
  })
}

function testBounds(entity, field) {
  const { name, min, max } = field
  if (min === undefined && max === undefined) return
  test(`${entity.plural}: ${name} stays within its bounds, and the form names them`, async () => {
    for (const value of [min - 1, max + 1].filter(Number.isFinite)) {
      const values = { ...(await make.values(entity)), [name]: value }
      const answer = await app.api("POST", `/api/${entity.plural}`, values)
      assert.equal(answer.status, 422, String(value))
      assert.deepEqual(Object.keys(answer.body.fields), [name])
    }
    const whole = (value) => field.type !== "whole_number" || Number.isInteger(value)
    for (const value of [min, max].filter(Number.isFinite).filter(whole))
      assert.equal((await make.added(entity, { [name]: value }))[name], value)
    const form = await app.page(`/${entity.plural}/new`)
    const [input] = form.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))
    if (min !== undefined) assert.ok(input.includes(`min="${min}"`))
    if (max !== undefined) assert.ok(input.includes(`max="${max}"`))
  })
}

const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

function markOf(form, name) {
  const [input] = form.match(new RegExp(`<input[^>]*name="${name}"[^>]*>`))
  return input.includes(" checked")
}

/** What a browser would send of a record. */
function formOf(values, fields) {
  const pairs = fields.flatMap(({ name, type }) => {
    if (type === "flag") return values[name] ? [[name, "on"]] : []
    return [values[name]].flat().map((value) => [name, String(value)])
  })
  return pairs.length > 0
    ? Object.fromEntries(pairs)
    : { [fields[0].name]: sampleValue(fields[0], 0) }
}

/** A value as a plain body may say it, with what it is kept as; nothing for other types. */
function otherwise({ type, min = 4, max = Infinity }) {
  if (type === "text" || type === "long_text") return { sent: 6204, kept: "6204" }
  if (!["whole_number", "decimal", "money"].includes(type)) return undefined
  const whole = Math.ceil(min)
  return whole <= max ? { sent: String(whole), kept: whole } : undefined
}
