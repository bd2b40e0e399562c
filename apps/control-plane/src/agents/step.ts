import { centsOf } from "@vibecaas/contract/money"
import type { Step } from "@vibecaas/contract/run-step"
import type { runSteps } from "../db/tables/agents.ts"

/**
 * A step is one call that ran: of a model, of a tool, or of a task's check. Its row is written when
 * the call ended and never changed. Within a task a call is known by its try and its key.
 */
export type StepRow = typeof runSteps.$inferSelect

/** What the row of a call says that asked no model. */
export const unmeasured = {
  ...{ provider: null, requests: null, firstMs: null, answerMs: null, outputTokens: null },
}

/** longest input or output shown of one step, in characters of JSON */
const shownCharsMax = 20_000

/** How a row is shown by the API. What a model answered is shown as its text and the tools it called. */
export function showStep(row: StepRow, charsMax = shownCharsMax): Step {
  const input = cut(row.input, charsMax)
  const output = cut(row.kind === "model" ? readableAnswer(row.output) : row.output, charsMax)
  return {
    id: row.id,
    runId: row.runId,
    taskId: row.taskId,
    sequence: Number(row.sequence),
    kind: row.kind,
    name: row.name,
    title: row.title,
    ok: row.ok,
    input: input.value,
    output: output.value,
    truncated: row.truncated || input.cut || output.cut,
    linesAdded: row.linesAdded,
    linesRemoved: row.linesRemoved,
    startedAt: row.startedAt.toISOString(),
    durationMs: row.durationMs,
    costCents: row.cost === null ? null : centsOf(row.cost),
  }
}

/** Cuts long strings inside a value so that all of it has about `charsMax` characters. */
function cut(value: unknown, charsMax: number): { value: unknown; cut: boolean } {
  if (JSON.stringify(value ?? null).length <= charsMax) return { value, cut: false }
  const share = Math.max(200, Math.floor(charsMax / 4))
  const shortened = JSON.parse(
    JSON.stringify(value, (_key, each) => {
      if (typeof each === "string" && each.length > share) return `${each.slice(0, share)}…`
      return Array.isArray(each) && each.length > 100 ? each.slice(0, 100) : each
    }),
  )
  return { value: shortened, cut: true }
}

function readableAnswer(output: unknown): unknown {
  if (typeof output !== "object" || output === null || !("content" in output)) return output
  const parts = Array.isArray(output.content) ? output.content : []
  const text = parts.flatMap((part) => (part?.type === "text" ? [part.text] : [])).join("")
  const calls = parts.flatMap((part) => (part?.type === "tool-call" ? [part.toolName] : []))
  return { text, calls, ...("usage" in output ? { usage: output.usage } : {}) }
}
