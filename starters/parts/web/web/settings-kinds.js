// Reads settings.json and says clearly what is wrong in it.
import { readFileSync } from "node:fs"

const file = new URL("../settings.json", import.meta.url)

/**
 * The settings, each checked by its kind; mistakes are told all at once.
 * @param shape kind by name, for example `{ title: text(80) }`
 */
export function readSettings(shape) {
  const given = JSON.parse(readFileSync(file, "utf8"))
  const wrong = Object.entries(shape).flatMap(([name, kind]) => {
    const says = kind(given[name])
    return says ? [`${name}: ${says}`] : []
  })
  if (wrong.length > 0) throw new Error(`settings.json is wrong.\n${wrong.join("\n")}`)
  return Object.freeze(Object.fromEntries(Object.keys(shape).map((name) => [name, given[name]])))
}

export const text =
  (max, min = 0) =>
  (value) => {
    if (typeof value !== "string") return "give a text"
    if (value.trim().length < min) return `use at least ${min} characters`
    return value.length > max && `use at most ${max} characters`
  }

export const list =
  (min, max, itemMax = 80) =>
  (value) => {
    if (!Array.isArray(value)) return "give a list of texts"
    if (value.length < min || value.length > max) return `name ${min} to ${max}`
    return value.map(text(itemMax, 1)).find(Boolean)
  }

export const number = (min, max) => (value) =>
  !(typeof value === "number" && value >= min && value <= max) &&
  `give a number from ${min} to ${max}`

export const flag = (value) => typeof value !== "boolean" && "say true or false"

export const color = (value) =>
  !/^#[0-9a-f]{6}$/i.test(String(value)) && "give a color such as #1d4ed8"

export const choice =
  (...values) =>
  (value) =>
    !values.includes(value) && `choose one of: ${values.join(", ")}`
