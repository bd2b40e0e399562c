import type { Route } from "@vibecaas/contract/routes"
import { fault } from "@vibecaas/kernel/fault"
import type { z } from "zod"

/** What a request carries, before the contract has looked at it. */
export interface RawInput {
  params: unknown
  query: unknown
  body: unknown
}

export interface ParsedInput {
  params: Readonly<Record<string, unknown>> | undefined
  query: Readonly<Record<string, unknown>> | undefined
  body: unknown
}

/**
 * Checks a request against its row of the contract.
 *
 * @throws Fault `not_found` when an id in the path cannot exist, `invalid` with JSON pointers for
 * the rest
 */
export function parseInput(route: Route, raw: RawInput): ParsedInput {
  return {
    params: parseParams(route.params, raw.params),
    query: parsePart(route.query, raw.query) as ParsedInput["query"], // its schema is an object's
    // Leaving the body out means the same as sending an empty one.
    body: parsePart(route.body, raw.body ?? {}),
  }
}

function parseParams(schema: z.ZodObject | undefined, value: unknown): ParsedInput["params"] {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw fault("not_found", { say: "There is nothing at this address." })
}

function parsePart(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(parsed.error)
}

/** A schema failure as a fault: JSON pointer of each wrong input to what is wrong with it. */
export function invalid(error: z.ZodError) {
  const fields: Record<string, string> = {}
  for (const issue of error.issues)
    for (const [at, message] of complaints(issue)) fields[at] ??= message
  const [first] = Object.values(fields)
  const say = Object.keys(fields).length === 1 && first ? first : "Some fields need another look."
  return fault("invalid", { say, fields })
}

/** A name that nobody knows is told at that name: it may be another one's with a typing error. */
function complaints(issue: z.core.$ZodIssue): [pointer: string, message: string][] {
  if (issue.code !== "unrecognized_keys") return [[pointer(issue.path), issue.message]]
  return issue.keys.map((key) => [
    pointer([...issue.path, key]),
    `There is no field “${key}” here.`,
  ])
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")
}

/**
 * The version from `If-Match: "3"`, or the commit where a row takes one; none, or `*`, is no condition.
 *
 * @throws Fault `malformed`
 */
export function parseIfMatch(
  takes: Route["ifMatch"],
  header: string | undefined,
): number | string | undefined {
  if (!takes || header === undefined || header.trim() === "*") return undefined
  if (takes === "commit") return parseCommit(header)
  const version = /^(?:W\/)?"(\d{1,10})"$/.exec(header.trim())?.[1]
  if (version !== undefined) return Number(version)
  throw fault("malformed", { say: 'If-Match takes one version in quotes, for example "3".' })
}

function parseCommit(header: string): string {
  const commit = /^"([0-9a-f]{40})"$/.exec(header.trim())?.[1]
  if (commit !== undefined) return commit
  throw fault("malformed", { say: "If-Match takes one commit in quotes: 40 hexadecimal digits." })
}
