/**
 * Reading the answers of tools. What a tool answers is its own business, so we look for what we
 * need (a text, a list of paths, an exit code) in the shapes such answers usually have.
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

/** Paths from an answer to `list_files`. */
export function pathsIn(answer: ToolAnswer | undefined): string[] {
  if (!answer || answer.failed) return []
  const value = typeof answer.value === "string" ? parsed(answer.value) : answer.value
  if (typeof value === "string")
    return value
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean)
  const list = Array.isArray(value) ? value : firstArray(value)
  return list.map(pathOf).filter((path) => path !== "")
}

/**
 * The text of a file as `read_file` shows it: under a line that names it and says what is left out,
 * each line with its number. Text without such a head is taken as it is.
 */
export function fileIn(answer: ToolAnswer | undefined): string | undefined {
  const text = textIn(answer)
  const head = text?.match(/^.+(?:, lines 1–(\d+) of (\d+)( \(.+\))?:|: empty)$/m)
  if (!text || !head || !text.startsWith(head[0])) return text
  if (head[1] !== head[2] || head[3]?.includes("longer")) return undefined
  const lines = text.split("\n").slice(1)
  const bare = lines.map((line) => line.replace(/^\d+\t/, "")).join("\n")
  return head[3] || !head[1] ? bare : `${bare}\n`
}

/** The text of a page. */
export function textIn(answer: ToolAnswer | undefined): string | undefined {
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

function firstArray(value: unknown): unknown[] {
  return Object.values(loose(value) ?? {}).find((each) => Array.isArray(each)) ?? []
}

function pathOf(entry: unknown): string {
  if (typeof entry === "string") return entry
  const path = loose(entry)?.path ?? loose(entry)?.name
  return typeof path === "string" ? path : ""
}

function clip(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}
