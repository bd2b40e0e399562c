import { fault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import { brief } from "../whole-words.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

/** Lets an agent say, once, why no right work could pass its check. */
export function disputeCheck(desk: ToolDesk) {
  return tool({
    description:
      "Tells the planner why the check of your task is wrong: it may revise it. Once, after the check failed, and only when right work cannot pass it.",
    inputSchema: z.object({ reason: z.string().trim().min(1).max(1000) }),
    execute: toolCall(desk, "dispute_check", async ({ reason }: { reason: string }) => {
      const shown = desk.journal.newest(({ name, ok }) => !ok && checkNames.has(name))
      if (!shown) {
        throw fault("invalid", {
          say: "The check has not failed yet. It is run when you say that you are done.",
        })
      }
      if (desk.journal.newest(({ name, ok }) => ok && name === "dispute_check")) {
        throw fault("invalid", { say: "The planner has answered already; its word stands." })
      }
      const ruling = await desk.dispute(reason, evidenceIn(shown.output))
      return { title: `disputed its check: ${brief(reason, 200)}`, output: { ruling } }
    }),
  })
}

const checkNames = new Set(["command", "page", "files"])
const evidence = z.object({ evidence: z.string() })
const evidenceIn = (output: unknown) => evidence.safeParse(output).data?.evidence ?? ""
