// What the API and the pages do alike: find, write and remove one record, or refuse.
import { Refusal } from "./http.js"
import { entityByPlural } from "./spec.js"
import { validate } from "./validate.js"

export function findRecord({ store }, entity, id) {
  const record = /^\d{1,15}$/.test(id) ? store.find(entity, Number(id)) : undefined
  if (!record) throw new Refusal(404, `There is no such ${entity.label.toLowerCase()}.`)
  return record
}

/** Creates a record, or changes the given fields of the one with `id`. */
export function writeRecord(app, { entity, input, id }) {
  const { values, errors, problem } = checkRecord(app, {
    entity,
    input,
    partial: id !== undefined,
    id,
  })
  if (Object.keys(errors).length > 0)
    throw new Refusal(422, "Some fields need another look.", { fields: errors })
  if (problem) throw new Refusal(422, problem, { fields: {} })
  return id === undefined ? app.store.create(entity, values) : app.store.update(entity, id, values)
}

/** What `validate` says, with `id` of the record that is to change, if one is. */
export function checkRecord({ spec, store, may }, { entity, input, partial, id }) {
  const exists = (plural, id) => {
    const target = entityByPlural(spec, plural)
    return may.read(target) && store.find(target, id) !== undefined
  }
  const before = id === undefined ? undefined : store.find(entity, id)
  return validate(entity, input, { partial, exists, before })
}

export function removeRecord({ store, may }, entity, id) {
  const usedBy = store.usedBy(entity, id)
  if (usedBy.length === 0) return store.remove(entity, id)
  const named = (use) => (may.read(use.entity) ? use.entity.labelPlural : "a list you may not see")
  const users = usedBy.map((use) => `${use.count} in ${named(use)}`).join(", ")
  throw new Refusal(409, `This ${entity.label.toLowerCase()} is still used: ${users}.`)
}
