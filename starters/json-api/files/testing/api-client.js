// Speaks to the API of whatever resource the settings describe.
import { exampleOf } from "../server/openapi.js"
import { makeResource } from "../server/resource.js"
import { readSettings } from "../server/settings.js"

export const settings = readSettings()
export const resource = makeResource(settings)
/** A record that fits all fields. */
export const example = exampleOf(resource)
export const [firstField] = resource.fields

/** Another value that fits a field; different `index`, different value where the type allows it. */
export function valueFor({ type, choices }, index) {
  if (type === "number") return index
  if (type === "date") return `2026-01-${String((index % 28) + 1).padStart(2, "0")}`
  if (type === "flag") return index % 2 === 0
  return type === "choice"
    ? choices[index % choices.length]
    : `value ${String(index).padStart(3, "0")}`
}

export function clientOf(app) {
  const key = /needs this key: (\S+)/.exec(app.output())?.[1]
  const headers = key ? { authorization: `Bearer ${key}` } : {}
  const ask = (method, path = "", json = undefined, more = {}) =>
    app.ask(method, resource.path + path, { json, headers: { ...headers, ...more } })
  return {
    key,
    ask,
    /** Creates a record; what is not given is as in the example. */
    create: async (values = {}) => (await ask("POST", "", { ...example, ...values })).value,
  }
}
