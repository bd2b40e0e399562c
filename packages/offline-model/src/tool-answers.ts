/**
 * Reading the answers of tools. What a tool answers is its own business, so we look for what we
 * need (a text, a command, an exit code) in the shapes such answers usually have.
 */
import type { ToolAnswer } from "./transcript.ts"
import { parsed } from "./transcript.ts"

type Loose = Record<string, unknown>

/** Whether an answer came and is not an error by type or by an `error` in it. */
export function succeeded(answer: ToolAnswer | undefined): boolean {
  if (!answer || answer.failed) return false
  const value = loose(answer.value)
  return !(value && (value.error || value.ok === false || value.running === false))
}

/** A sentence about what went wrong, at most `limit` characters. */
export function complaint(answer: ToolAnswer | undefined, limit = 400): string {
  if (!answer) return "no answer came"
  const value = loose(answer.value)
  const said = value?.error ?? value?.message ?? value?.log ?? answer.value
  return clip(typeof said === "string" ? said : JSON.stringify(said), limit)
}

/** The text of a page. */
function textIn(answer: ToolAnswer | undefined): string | undefined {
  if (!answer || answer.failed) return undefined
  if (typeof answer.value === "string") return answer.value
  const value = loose(answer.value)
  if (value?.truncated === true) return undefined
  const text = value?.content ?? value?.text ?? value?.body ?? value?.value
  return typeof text === "string" ? text : undefined
}

/** The exit code of a command; undefined when the answer names none. */
export function exitCodeIn(answer: ToolAnswer | undefined): number | undefined {
  const value = loose(answer?.value)
  const code = value?.exitCode ?? value?.exit_code ?? value?.code ?? value?.status
  if (typeof code === "number") return code
  const said =
    typeof answer?.value === "string"
      ? answer.value.match(/exit(?:ed)?(?: with)?(?: code)?:? (\d+)/i)
      : null
  return said ? Number(said[1]) : undefined
}

/** What runs the tests of an app where nobody says what does. */
export const usualTests: readonly string[] = ["node", "--test"]

/** The command that runs a project's tests, where an answer names it. */
export function testsIn(answer: ToolAnswer | undefined): string[] | undefined {
  const tests = loose(answer?.value)?.tests
  const plain = Array.isArray(tests) && tests.every((word) => typeof word === "string")
  return plain && tests.length > 0 ? tests : undefined
}

/** The status of a fetched page. */
export function statusIn(answer: ToolAnswer | undefined): number | undefined {
  const status = loose(answer?.value)?.status ?? loose(answer?.value)?.statusCode
  if (typeof status === "number") return status
  const said = typeof answer?.value === "string" ? answer.value.match(/\b([1-5]\d\d)\b/) : null
  return said ? Number(said[1]) : undefined
}

/** Everything an answer printed, for evidence. */
export function outputOf(answer: ToolAnswer | undefined, limit = 1500): string {
  const value = loose(answer?.value)
  const printed = [value?.stdout, value?.stderr, value?.output].filter(
    (text) => typeof text === "string",
  )
  const all = printed.length > 0 ? printed.join("\n") : String(textIn(answer) ?? "")
  return all.length > limit ? `…${all.slice(-limit)}` : all
}

function loose(value: unknown): Loose | undefined {
  const object = typeof value === "string" ? parsed(value) : value
  // an object has been checked for; its values stay unknown
  return typeof object === "object" && object !== null && !Array.isArray(object)
    ? (object as Loose)
    : undefined
}

function clip(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}
