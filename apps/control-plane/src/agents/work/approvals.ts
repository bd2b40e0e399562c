import { allow } from "@vibecaas/contract/inquiry"
import { fault } from "@vibecaas/kernel/fault"
import type { Parts } from "../../core/ctx.ts"
import { actAsPlatform } from "../../core/resource.ts"
import { readRules } from "../queries/approval-rules.ts"
import type { RunRow } from "../run.ts"
import type { People } from "./people.ts"
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
    const { answer, by } = await people.ask({
      kind: "approval",
      call: mark.key,
      text: inWords({ mark, before, paths }),
      choices: [allow, "Refuse"],
    })
    if (answer === allow) return
    throw fault("invalid", { say: `${by} did not allow it: ${answer}. Nothing was deleted.` })
  }
}

function inWords({ mark, before, paths }: Deletion): string {
  const all = before > 0 ? `, after ${before} that this run deleted before` : ""
  return `Delete ${paths.length} of the project's files${all} (${mark.title}):\n${paths.join("\n")}`
}
