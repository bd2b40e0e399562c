// Every computed field of app.json, worked out here once more from what the API says of the rest.
import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { numberKind } from "../../server/computed.js"
import { entityByPlural, fieldNamed, readSpec } from "../../server/spec.js"
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

const one = async (entity, id) => (await app.api("GET", `/api/${entity.plural}/${id}`)).body

/** As exact as the field's kind of number is. */
function assertNear(entity, field, { got, wanted }) {
  const allowed = { money: 0.005, decimal: 1e-6, whole: 0.5 }[numberKind(spec, entity, field)]
  const words = `${field.name} is ${got} and should be ${wanted}`
  assert.ok(Math.abs(got - wanted) <= allowed + 1e-9, words)
}

const checks = {
  count: async (entity, field) => {
    const { record, users } = await usersOf(entity, field)
    assert.equal((await one(entity, record.id))[field.name], users.length)
  },
  sum: async (entity, field) => {
    const { record, users } = await usersOf(entity, field)
    const values = users.map((user) => user[field.formula.field] ?? 0)
    const wanted = values.reduce((sum, value) => sum + value, 0)
    assertNear(entity, field, { got: (await one(entity, record.id))[field.name], wanted })
  },
  days_until: async (entity, field) => {
    const date = fieldNamed(entity, field.formula.field)
    for (const days of [0, 10, -3]) {
      const day = dayFromNow(days) + (date.type === "datetime" ? "T12:00" : "")
      const { id } = await make.added(entity, { [date.name]: day })
      assert.equal((await one(entity, id))[field.name], days)
    }
    if (date.required) return
    const { id } = await make.added(entity, { [date.name]: null })
    assert.equal((await one(entity, id))[field.name], null)
  },
  product: (entity, field) =>
    computedFrom(entity, field, (numbers) => numbers.reduce((all, each) => all * each, 1)),
  difference: (entity, field) =>
    computedFrom(entity, field, ([first, ...rest]) =>
      rest.reduce((all, each) => all - each, first),
    ),
}

/** A record with two others that point at it, and one that points elsewhere. */
async function usersOf(entity, { formula }) {
  const other = entityByPlural(spec, formula.of)
  const { type } = fieldNamed(other, formula.by)
  const record = await make.added(entity)
  const elsewhere = await make.added(entity)
  const pointing = (id) => ({ [formula.by]: type === "references" ? [id] : id })
  const added = [
    await make.added(other, pointing(record.id)),
    await make.added(other, { which: 1, ...pointing(record.id) }),
  ]
  await make.added(other, pointing(elsewhere.id))
  return { record, users: await Promise.all(added.map(({ id }) => one(other, id))) }
}

async function computedFrom(entity, field, combined) {
  for (const which of [0, 1]) {
    const { id } = await make.added(entity, { which })
    const record = await one(entity, id)
    const numbers = field.formula.fields.map((name) => record[name])
    if (numbers.includes(null)) {
      assert.equal(record[field.name], null)
      continue
    }
    const wanted = combined(numbers) * (field.formula.factor ?? 1)
    assertNear(entity, field, { got: record[field.name], wanted })
  }
}

for (const entity of spec.entities) {
  for (const field of entity.fields.filter(({ type }) => type === "computed")) {
    test(`${entity.plural}: ${field.name} is the right ${field.formula.kind}`, () =>
      checks[field.formula.kind](entity, field))

    test(`${entity.plural}: ${field.name} is found by what it is, and nobody can write it`, async () => {
      const { id } = await make.added(entity)
      const value = (await one(entity, id))[field.name]
      const found = async (suffix, bound) => {
        const query = new URLSearchParams({
          [`${field.name}.${suffix}`]: bound,
          _limit: 200,
          _sort: "",
        })
        const { body } = await app.api("GET", `/api/${entity.plural}?${query}`)
        return body.items.some((item) => item.id === id)
      }
      if (value !== null) {
        assert.ok(await found("min", value))
        assert.ok(!(await found("min", value + 1)))
        assert.ok(!(await found("max", value - 1)))
      }
      const answer = await app.api("PATCH", `/api/${entity.plural}/${id}`, { [field.name]: 1 })
      assert.equal(answer.status, 422)
      assert.deepEqual(Object.keys(answer.body.fields), [field.name])
      const form = await app.page(`/${entity.plural}/${id}/edit`)
      assert.ok(!form.includes(`id="field-${field.name}"`))
    })
  }
}

test("a record has every field that app.json names, the computed ones too", async () => {
  for (const entity of spec.entities) {
    const { id } = await make.added(entity)
    const record = await one(entity, id)
    for (const { name } of entity.fields) assert.ok(Object.hasOwn(record, name), name)
  }
})
