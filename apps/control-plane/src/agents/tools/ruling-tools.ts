import { type TaskCheck, taskCheck } from "@vibecaas/contract/task-check"
import { tool } from "ai"
import { z } from "zod"
import type { Journal } from "../work/journal.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

const why = z.string().trim().min(1).max(500)
const ruled = z.object({ ruling: z.string(), check: taskCheck.optional() })

/** How the planning agent answers an agent that disputes its check. */
export function rulingTools(desk: ToolDesk, revise: (check: TaskCheck) => Promise<void>) {
  return {
    revise_check: tool({
      description:
        "Replaces the task's check by one that right work passes and missing work fails.",
      inputSchema: z.object({ check: taskCheck, why }),
      execute: toolCall(desk, "revise_check", async (input: { check: TaskCheck; why: string }) => {
        await revise(input.check)
        const ruling = `The planner revised the check: ${input.why}`
        return { title: `revised the check: ${input.why}`, output: { ruling, check: input.check } }
      }),
    }),
    uphold_check: tool({
      description: "Leaves the task's check as it is.",
      inputSchema: z.object({ why }),
      execute: toolCall(desk, "uphold_check", async (input: { why: string }) => ({
        title: `upheld the check: ${input.why}`,
        output: { ruling: `The planner upheld the check: ${input.why}` },
      })),
    }),
  }
}

/** What the planner answered, if the task's agent disputed its check. */
export function rulingIn(journal: Journal): { say: string; check?: TaskCheck } | undefined {
  const row = journal.newest(({ name, ok }) => ok && /^(revise|uphold)_check$/.test(name))
  const read = row && ruled.parse(row.output)
  return read && { say: read.ruling, ...(read.check ? { check: read.check } : {}) }
}
