// Reads settings.json when the app starts, and says clearly what is wrong in it.
import { readFileSync } from "node:fs"
import { join } from "node:path"

export interface Settings {
  title: string
  welcome: string
  sections: string[]
  askName: boolean
  accent: string
}

type Check = (value: unknown) => string | false

const text =
  (min: number, max: number): Check =>
  (value) =>
    !(typeof value === "string" && value.trim().length >= min && value.length <= max) &&
    `give a text of ${min} to ${max} characters`

const checks: Record<keyof Settings, Check> = {
  title: text(1, 60),
  welcome: text(0, 160),
  sections(value) {
    if (!Array.isArray(value) || value.length < 1 || value.length > 8) return "name 1 to 8"
    return value.map(text(1, 30)).find(Boolean) ?? false
  },
  askName: (value) => typeof value !== "boolean" && "say true or false",
  accent: (value) => !/^#[0-9a-f]{6}$/i.test(String(value)) && "give a color such as #0f766e",
}

/** @throws with all mistakes at once */
export function readSettings(given: Record<string, unknown>): Settings {
  const wrong = Object.entries(checks).flatMap(([name, check]) => {
    const says = check(given[name])
    return says ? [`${name}: ${says}`] : []
  })
  if (wrong.length > 0) throw new Error(`settings.json is wrong.\n${wrong.join("\n")}`)
  return given as unknown as Settings // each value was checked
}

let known: Settings | undefined

/** Not while building: a build knows no settings. */
export function settings(): Settings {
  known ??= readSettings(JSON.parse(readFileSync(join(process.cwd(), "settings.json"), "utf8")))
  return known
}
