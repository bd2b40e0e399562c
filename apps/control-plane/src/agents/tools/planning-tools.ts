import { fault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import { accountProblems, type Plan, plan, planProblems } from "../plan.ts"
import { type ToolDesk, toolCall } from "./tool-call.ts"

const declined = z.object({ reason: z.string().trim().min(1).max(1000) })

/** What a planning task ends with, as its journal row holds it. */
export const planOutcome = z.union([z.object({ plan }), z.object({ declined: z.string() })])

/** How the planning agent hands over its plan, or says that there is none. */
export function planningTools(desk: ToolDesk) {
  const accepted = () => ({ type: "json" as const, value: { accepted: true } })
  return {
    plan_tasks: tool({
      description: "Hands over the plan: the tasks, what each depends on, and what proves it done.",
      inputSchema: plan,
      toModelOutput: accepted,
      execute: toolCall(desk, "plan_tasks", async (input: Plan) => {
        const problems = [...planProblems(input), ...accountProblems(input, desk.asked.goal)]
        if (problems.length > 0) {
          throw fault("invalid", {
            say: `The plan cannot be worked through: ${problems.join("; ")}.`,
          })
        }
        return { title: `planned ${input.tasks.length} tasks`, output: { plan: input } }
      }),
    }),
    decline: tool({
      description: "Says that nothing can be built for this goal, and why.",
      inputSchema: declined,
      toModelOutput: accepted,
      execute: toolCall(desk, "decline", async (input: z.infer<typeof declined>) => ({
        title: "declined",
        output: { declined: input.reason },
      })),
    }),
  }
}
