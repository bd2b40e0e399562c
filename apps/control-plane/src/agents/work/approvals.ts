import { allow } from "@vibecaas/contract/inquiry"
import { fault } from "@vibecaas/kernel/fault"
import type { Parts } from "../../core/ctx.ts"
import { actAsPlatform } from "../../core/resource.ts"
import { readRules } from "../queries/approval-rules.ts"
import type { RunRow } from "../run.ts"
import type { People, Question } from "./people.ts"
import type { ApproveDeletion, Deletion } from "./project-files.ts"

/** files that a run found and may delete before a person is asked, and again for each further as many */
export const deletionsFree = 10

/** Holds deletions to the project's rules, and asks people where these say so. */
export function approveDeletion(
  parts: Pick<Parts, "scope"> & { run: RunRow; people: People },
): ApproveDeletion {
  const { run, people } = parts
  const { organizationId, projectId } = run
  const rule = () =>
    actAsPlatform(parts, { organizationId, readOnly: true }, async (ctx) => {
      const rules = await readRules(ctx.db, projectId)
      return rules.deleteFiles
    })
  return async ({ mark, before, paths }) => {
    const steps = (files: number) => Math.floor(files / deletionsFree)
    if (steps(before + paths.length) === steps(before)) return
    const decided = await rule()
    if (decided === "allow") return
    if (decided === "refuse") {
      throw fault("invalid", {
        say: `This project's rules do not let a run delete ${deletionsFree} of its files. Nothing was deleted.`,
      })
    }
    const text = inWords({ mark, before, paths })
    await needLeave(people, { call: mark.key, text, otherwise: "Nothing was deleted." })
  }
}

interface Leave extends Pick<Question, "call" | "text"> {
  /** what is told not to be allowed; "it" when absent */
  what?: string
  /** a sentence of what follows when it is refused */
  otherwise: string
}

/**
 * Waits until a person allows it; answers who did.
 *
 * @throws Fault `invalid` when it was refused; else as `People.ask`
 */
export async function needLeave(
  people: People,
  { what = "it", otherwise, ...question }: Leave,
): Promise<string> {
  const choices = [allow, "Refuse"]
  const { answer, by } = await people.ask({ ...question, kind: "approval", choices })
  if (answer === allow) return by
  throw fault("invalid", { say: `${by} did not allow ${what}: ${answer}. ${otherwise}` })
}

function inWords({ mark, before, paths }: Deletion): string {
  const all = before > 0 ? `, after ${before} that this run deleted before` : ""
  return `Delete ${paths.length} of the project's files${all} (${mark.title}):\n${paths.join("\n")}`
}
