// What becomes of records when app.json changes: nothing is lost, and what cannot be is refused before
// anything changes. Each list of app.json is filled, changed and looked at again.
import assert from "node:assert/strict"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, test } from "node:test"
import { columnOf, isRelation, readSpec, storedFields } from "../../server/spec.js"
import { openStore } from "../../server/store.js"
import { sampleValue } from "../samples.js"

/** app.json without what is computed, so that any field can go. */
function stored() {
  const spec = readSpec()
  for (const entity of spec.entities) entity.fields = storedFields(entity)
  return spec
}

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "records-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Opens the data as a start of the app would, and closes it again. */
function started(spec, doing) {
  const store = openStore(spec, folder)
  try {
    return doing(store)
  } finally {
    store.close()
  }
}

const everything = { text: "", sort: "", limit: 100, offset: 0, params: new URLSearchParams() }
const recordsIn = (store, entity) =>
  store.list(entity, everything).items.map(({ updated_at: _, ...record }) => record)

const asText = ({ min: _, max: __, choices: ___, default: ____, ...rest }) => ({
  ...rest,
  type: "text",
})
const inWords = (value) => {
  if (value === null) return null
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value)
}

const valuesIn = (spec, at, name) =>
  started(spec, (store) =>
    store.list(spec.entities[at], everything).items.map((record) => record[name]),
  )

for (const [at, entity] of stored().entities.entries()) {
  const plain = entity.fields.filter((field) => !isRelation(field))
  /** Two records with every field that needs no other record, as they are in the list. */
  const filled = (spec) =>
    started(spec, (store) => {
      for (const which of [0, 1])
        store.create(
          spec.entities[at],
          Object.fromEntries(plain.map((field) => [field.name, sampleValue(field, which)])),
        )
      return recordsIn(store, spec.entities[at])
    })
  const seen = (spec) => started(spec, (store) => recordsIn(store, spec.entities[at]))
  const valuesOf = (records, name) => records.map((record) => record[name])

  test(`${entity.plural}: fields keep their values under other names`, () => {
    const spec = stored()
    const before = filled(spec)
    spec.entities[at].fields = spec.entities[at].fields.map((field, place) => ({
      ...field,
      name: `called_anew_${place}`,
      column: columnOf(field),
    }))
    const after = seen(spec)
    for (const [place, { name }] of entity.fields.entries())
      assert.deepEqual(valuesOf(after, `called_anew_${place}`), valuesOf(before, name), name)
  })

  test(`${entity.plural}: removed fields are kept on disk, and come back with their values`, () => {
    const spec = stored()
    const before = filled(spec)
    const without = stored()
    without.entities[at].fields.splice(1)
    started(without, () => undefined)
    assert.deepEqual(seen(spec), before)
  })

  test(`${entity.plural}: fields become texts where every value can be one`, () => {
    const spec = stored()
    const before = filled(spec)
    const isText = ({ type }) => type === "text" || type === "long_text"
    const others = plain.filter((field) => !isText(field))
    spec.entities[at].fields = spec.entities[at].fields.map((field) =>
      others.some(({ name }) => name === field.name) ? asText(field) : field,
    )
    const after = seen(spec)
    for (const { name } of others)
      assert.deepEqual(valuesOf(after, name), valuesOf(before, name).map(inWords), name)
  })

  for (const field of plain.filter(({ type }) => type === "text")) {
    test(`${entity.plural}: ${field.name} does not become a number while a word is in it`, () => {
      const spec = stored()
      const before = filled(spec)
      const other = stored()
      const [same] = other.entities[at].fields.filter(({ name }) => name === field.name)
      Object.assign(same, { type: "whole_number", default: undefined })
      assert.throws(
        () => started(other, () => undefined),
        (error) => {
          assert.ok(error.message.includes(`${entity.label} 1`), error.message)
          assert.match(error.message, /cannot become whole number\. Nothing was changed/)
          return true
        },
      )
      assert.deepEqual(seen(spec), before)
    })
  }

  test(`${entity.plural}: the list keeps its records under another name`, () => {
    const spec = stored()
    const count = started(spec, (store) => {
      store.create(spec.entities[at], {})
      return store.list(spec.entities[at], everything).total
    })
    const { plural } = spec.entities[at]
    spec.entities[at] = {
      ...spec.entities[at],
      plural: "called_anew",
      table: entity.table ?? plural,
    }
    for (const { fields } of spec.entities)
      for (const field of fields) if (field.to === plural) field.to = "called_anew"
    const found = started(spec, (store) => store.list(spec.entities[at], everything).total)
    assert.equal(found, count)
  })
}

test("a new field is empty in records that are there, or begins with its default", () => {
  const spec = stored()
  started(spec, (store) => store.create(spec.entities[0], {}))
  const more = (name, value) => ({
    name,
    label: name,
    type: "text",
    required: false,
    default: value,
  })
  spec.entities[0].fields.push(more("fresh_empty"), more("fresh_filled", "begins so"))
  assert.deepEqual(valuesIn(spec, 0, "fresh_empty"), [null])
  assert.deepEqual(valuesIn(spec, 0, "fresh_filled"), ["begins so"])
})

test("records from before a mark are found by who looks for what is not marked", () => {
  const spec = stored()
  started(spec, (store) => store.create(spec.entities[0], {}))
  const mark = { name: "fresh_mark", label: "Fresh mark", type: "flag", required: false }
  spec.entities[0].fields.push(mark)
  const unmarked = { ...everything, params: new URLSearchParams({ fresh_mark: "no" }) }
  const found = started(spec, (store) => store.list(spec.entities[0], unmarked).total)
  assert.equal(found, 1)
})

test("a choice that is called otherwise is called so in every record that has it", () => {
  const spec = stored()
  const field = {
    name: "fresh_choice",
    label: "Fresh choice",
    type: "choice",
    required: false,
    choices: ["a", "b"],
  }
  spec.entities[0].fields.push(field)
  started(spec, (store) => {
    for (const fresh_choice of ["a", "b"]) store.create(spec.entities[0], { fresh_choice })
  })
  Object.assign(field, { choices: ["fine", "b"], renamedChoices: [{ from: "a", to: "fine" }] })
  assert.deepEqual(valuesIn(spec, 0, "fresh_choice").sort(), ["b", "fine"])
})
