import type { HookOutcome } from "./backend.ts"
import type { HookSpec } from "./engine.ts"
import { linesOf } from "./log-lines.ts"

/** How the program of a hook ended. */
export type HookEnd = Pick<HookOutcome, "exitCode" | "signal" | "timedOut" | "outOfMemory" | "ms">

/** Of a hook that the engine does not have. */
export const nothingToDo: HookOutcome = {
  ...{ ok: true, exitCode: 0, signal: null, timedOut: false, outOfMemory: false, ms: 0 },
  ...{ facts: {}, learned: {}, logTail: [] },
}

/** The last line with the prefix counts; no line of it stays in the log. */
export function outcomeOf(
  { exitCode, signal, timedOut, outOfMemory, ms }: HookEnd,
  { spec, text, secrets }: { spec: HookSpec; text: string; secrets: readonly string[] },
): { told: HookOutcome; log: string[] } {
  const { resultPrefix } = spec
  const lines = linesOf(text)
  const isResult = (line: string) => resultPrefix !== undefined && line.startsWith(resultPrefix)
  const result = parseResult(lines.findLast(isResult)?.slice(resultPrefix?.length))
  const learns = new Set(spec.learns)
  const entries = Object.entries(result ?? {})
  const learned = Object.fromEntries(
    entries.filter(([name]) => learns.has(name)).map(([name, value]) => [name, String(value)]),
  )
  const facts = Object.fromEntries(entries.filter(([name]) => !learns.has(name)))
  const hidden = [...secrets, ...Object.values(learned)].filter(({ length }) => length >= 6)
  const log = lines
    .filter((line) => !isResult(line))
    .map((line) => hidden.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), line))
  const ok = exitCode === 0 && (resultPrefix === undefined || result !== undefined)
  const how = { exitCode, signal, timedOut, outOfMemory, ms }
  return { log, told: { ok, ...how, facts, learned, logTail: log.slice(-50) } }
}

function parseResult(text: string | undefined): Record<string, string | number> | undefined {
  if (text === undefined) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== "object" || value === null) return undefined
    const entries = Object.entries(value).filter(
      ([, each]) => typeof each === "string" || typeof each === "number",
    )
    return Object.fromEntries(entries)
  } catch {
    // Cut off by the end of the program or of its output.
    return undefined
  }
}
