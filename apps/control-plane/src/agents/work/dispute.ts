import type { TaskCheck } from "@vibecaas/contract/task-check"
import { instructionsFor } from "../prompts.ts"
import { readingTools } from "../tools/reading-tools.ts"
import { rulingIn, rulingTools } from "../tools/ruling-tools.ts"
import { searchingTools } from "../tools/searching-tools.ts"
import type { ToolDesk } from "../tools/tool-call.ts"
import type { ModelCalls, ModelLine } from "./ask-model.ts"
import { converse } from "./converse.ts"
import type { CallName, Journal } from "./journal.ts"
import { told } from "./said.ts"

/**
 * A task's agent may dispute its check once. The planning agent's model then looks at the project
 * and revises the check or upholds it, in a conversation of its own that the task's journal keeps.
 */
export interface Dispute {
  desk: ToolDesk
  /** the model of the planning agent */
  line: ModelLine
  calls: Omit<ModelCalls, "journal" | "tryNumber" | "usedCallIds">
  /** keeps a revised check with the task */
  revise: (check: TaskCheck) => Promise<void>
}

/** @returns the sentence that the agent is told */
export async function hearDispute(
  { desk, line, calls, revise }: Dispute,
  prompt: string,
): Promise<string> {
  const journal = ofPlanner(desk.journal)
  const planner = { ...desk, journal }
  await converse({
    ...{ line, instructions: instructionsFor("planning"), messages: [told(prompt)] },
    tools: {
      ...readingTools(planner),
      ...searchingTools(planner),
      ...rulingTools(planner, revise),
    },
    finished: () => rulingIn(desk.journal) !== undefined,
    calls: { ...calls, journal, tryNumber: desk.tryNumber, usedCallIds: new Set() },
  })
  return rulingIn(desk.journal)?.say ?? "The planner gave no answer, so the check stands."
}

/** The same journal, in which the planner's calls have names of their own. */
function ofPlanner(journal: Journal): Journal {
  const named = (call: CallName) => ({ ...call, callKey: `dispute-${call.callKey}` })
  return {
    ...journal,
    find: (call) => journal.find(named(call)),
    once: (call, make) =>
      journal.once(named(call), async () => {
        const result = await make()
        return { ...result, title: `the planner: ${result.title}` }
      }),
  }
}
