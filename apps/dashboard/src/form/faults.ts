import type { Problem } from "@vibecaas/contract/faults"
import type { Schema } from "./schema-of.ts"

/** Sentences by the name of the field they belong to. */
export type Faults = Record<string, string>

/** What the contract says about a body, by the field that each sentence belongs to. */
export function faultsOf(
  schema: Schema,
  body: unknown,
  fieldAt: (path: string) => string | undefined,
): Faults {
  const faults: Faults = {}
  for (const { path, message } of schema.safeParse(body).error?.issues ?? []) {
    const field = fieldAt(path.map(String).join("/"))
    // Of several sentences about one field the first is the one to act on.
    if (field) faults[field] ??= message
  }
  return faults
}

/** What the server refused, by field; its keys are JSON pointers into the body. */
export function faultsIn(
  { fields = {} }: Pick<Problem, "fields">,
  fieldAt: (path: string) => string | undefined,
): Faults {
  const faults: Faults = {}
  for (const [pointer, sentence] of Object.entries(fields)) {
    const field = fieldAt(pointer.replace(/^\/(body\/)?/, ""))
    if (field) faults[field] ??= sentence
  }
  return faults
}
