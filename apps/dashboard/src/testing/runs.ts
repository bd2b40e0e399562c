import type { Run, Task } from "@vibecaas/contract/kinds/agents"
import type { Step } from "@vibecaas/contract/run-step"
import { at, id, nextNumber } from "./numbered.ts"

/** The first run of a project, at work; numbered ids, so that each has its own. */
export function run(given: Partial<Run> & Pick<Run, "projectId">): Run {
  return {
    id: id("run"),
    organizationId: "org_00000000000000000000000001",
    ...{ number: 1, goal: "A reading list", state: "running", declined: false, tasks: [] },
    ...{
      inquiries: [],
      messages: [],
      attachments: [],
      continues: null,
      redirectedTo: null,
      followedBy: null,
    },
    ...{ comparisonId: null, provedAt: null, starter: null },
    model: { provider: "offline", model: "offline", simulated: true, label: "Offline model" },
    ...{
      summary: null,
      clauses: [],
      filler: [],
      failure: null,
      startedBy: "Mara Halden",
      commit: null,
    },
    ...{ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, tokensMax: 100_000 },
    ...{ centsMax: null, workedMs: 0, workedMsMax: null },
    cost: { cents: 0, unpriced: 0 },
    ...{ createdAt: at, startedAt: at, finishedAt: null },
    ...given,
  }
}

export function task(given: Partial<Task> & Pick<Task, "role" | "state">): Task {
  return {
    id: id("tsk"),
    ...{ title: `Task of ${given.role}`, dependsOn: [], check: null, evidence: null },
    testsPassed: null,
    ...{ tries: 1, filesChanged: 0, startedAt: null, finishedAt: null },
    ...{ providerWait: null, cost: { cents: 0, unpriced: 0 } },
    ...given,
  }
}

export function step(given: Partial<Step> & Pick<Step, "runId" | "taskId" | "title">): Step {
  const sequence = nextNumber()
  return {
    id: id("stp", sequence),
    ...{ sequence, kind: "tool", name: "run_command", ok: true, input: {}, output: {} },
    ...{ truncated: false, linesAdded: null, linesRemoved: null, startedAt: at, durationMs: 5 },
    costCents: null,
    ...given,
  }
}
