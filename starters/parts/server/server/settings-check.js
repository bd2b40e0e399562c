// Reads settings.json and says plainly what is wrong with it, so that a typing mistake is found at start.
import { readFileSync } from "node:fs"

const file = new URL("../settings.json", import.meta.url)

/** The settings, each held to its rule: `{ title: text(60), … }`. Throws an Error that names every mistake. */
export function readSettingsBy(rules) {
  const settings = JSON.parse(readFileSync(file, "utf8"))
  const mistakes = Object.entries(rules)
    .filter(([name, rule]) => !rule.fits(settings[name]))
    .map(([name, rule]) => `settings.json: "${name}" must be ${rule.says}.`)
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"))
  const read = ([name, rule]) => [name, rule.read ? rule.read(settings[name]) : settings[name]]
  return Object.fromEntries(Object.entries(rules).map(read))
}

const isText = (value, max) => typeof value === "string" && value !== "" && value.length <= max

export const text = (max) => ({
  fits: (value) => isText(value, max),
  says: `a text of 1 to ${max} characters`,
})

/** A text that may be empty. */
export const textUpTo = (max) => ({
  fits: (value) => value === "" || isText(value, max),
  says: `a text of at most ${max} characters`,
})

export const whole = (min, max) => ({
  fits: (value) => Number.isFinite(value) && value >= min && value <= max,
  read: Math.round,
  says: `a number from ${min} to ${max}`,
})

export const flag = { fits: (value) => typeof value === "boolean", says: "true or false" }

export const color = {
  fits: (value) => /^#[0-9a-f]{6}$/i.test(value),
  says: "a colour such as #0f766e",
}

export const oneOf = (...values) => ({
  fits: (value) => values.includes(value),
  says: `one of ${values.join(", ")}`,
})

export const texts = ({ min, max, itemMax }) => ({
  fits: (value) =>
    Array.isArray(value) &&
    value.length >= min &&
    value.length <= max &&
    value.every((item) => isText(item, itemMax)) &&
    new Set(value).size === value.length,
  says: `${min} to ${max} different texts of at most ${itemMax} characters`,
})
