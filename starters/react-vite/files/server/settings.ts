// Reads settings.json and says clearly what is wrong in it.
import { readFileSync } from "node:fs"
import type { Settings } from "../shared/task.ts"

export interface AllSettings extends Settings {
  accent: string
}

type Check = (value: unknown) => string | false

const text =
  (max: number): Check =>
  (value) =>
    !(typeof value === "string" && value.trim() !== "" && value.length <= max) &&
    `give a text of 1 to ${max} characters`

const list =
  (min: number, max: number, itemMax: number): Check =>
  (value) => {
    if (!Array.isArray(value) || value.length < min || value.length > max)
      return `name ${min} to ${max}`
    return value.map(text(itemMax)).find(Boolean) ?? false
  }

const checks: Record<keyof AllSettings, Check> = {
  title: text(60),
  areas: list(1, 8, 30),
  people: list(0, 12, 40),
  dueDates: (value) => typeof value !== "boolean" && "say true or false",
  accent: (value) => !/^#[0-9a-f]{6}$/i.test(String(value)) && "give a color such as #4f46e5",
}

/** @throws with all mistakes at once */
export function readSettings(given: Record<string, unknown>): AllSettings {
  const wrong = Object.entries(checks).flatMap(([name, check]) => {
    const says = check(given[name])
    return says ? [`${name}: ${says}`] : []
  })
  if (wrong.length > 0) throw new Error(`settings.json is wrong.\n${wrong.join("\n")}`)
  return given as unknown as AllSettings // each value was checked
}

const file = new URL("../settings.json", import.meta.url)
export const settings = readSettings(JSON.parse(readFileSync(file, "utf8")))
