import { ApiError } from "@vibecaas/contract/client"
import type { Problem } from "@vibecaas/contract/faults"

/** What went wrong, as a sentence with a request id; a bug in the page itself has no id. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem
  return {
    type: "about:blank",
    title: "Page error",
    status: 0,
    code: "internal",
    detail: "This page met an error of its own. Nothing was changed. Load it again.",
    requestId: "",
  }
}

/** Whether asking again can help: the server was not reached, was busy, or had an error of its own. */
export function worthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const { status } = error.problem
  return status === 0 || status === 429 || status >= 500
}

/** Whether the sentence is all there is to know: the server worked and said no. */
export function expected({ status }: Problem): boolean {
  return status >= 400 && status < 500
}

/** The sentence for one field of a form; keys are JSON pointers of the input. */
export function fieldError(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  const fields = error.problem.fields ?? {}
  return fields[`/${field}`] ?? fields[`/body/${field}`] ?? fields[field]
}
