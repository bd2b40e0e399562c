import { setTimeout as sleep } from "node:timers/promises"
import type { Call } from "@vibecaas/contract/client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { systemClock } from "@vibecaas/kernel/clock"
import { answerOf, type Brain } from "../src/agents/simulators/behaviours.ts"
import { startSimulator } from "../src/agents/simulators/simulator.ts"

/** A model that starts the app, changes a file and then asks a question that nobody answers. */
const brain: Brain = ({ prompt, tools }) => {
  const answers = prompt.filter(({ role }) => role === "assistant").length
  const says = (name: string, input: unknown) =>
    answerOf({ calls: [{ id: `${name}_${answers}`, name, input }] })
  if (tools?.some(({ name }) => name === "plan_tasks")) return says("plan_tasks", plan)
  if (answers === 0) return says("start_app", {})
  if (answers === 1) return says("write_file", { path: "NOTES.md", content: "Begun.\n" })
  return says("ask_user", { question: "Is it as you want it?" })
}

const goal = "Change the page"
const task = {
  ...{ key: "page", role: "frontend", title: "Change the page", instructions: goal },
  ...{ dependsOn: [], check: { kind: "files", paths: ["NOTES.md"] } },
}
const plan = { summary: goal, clauses: [{ words: goal }], tasks: [task] }

/** Models of ours, and what makes a platform ask them. */
export async function startWaitingModels() {
  const simulator = await startSimulator({ behave: () => ({ brain }), clock: systemClock })
  return {
    env: {
      VIBECAAS_MODEL: "compatible:waits",
      VIBECAAS_MODEL_BASE_URL: simulator.url("compatible"),
    },
    close: simulator.close,
  }
}

/** Starts a run on a project; answers its draft's app once that shows each commit. */
export async function followingDraft(
  call: Call,
  projectId: Project["id"],
): Promise<App & { draftOf: Run["id"] }> {
  const run = await call("POST /agents/runs", { body: { projectId, goal } })
  if (!("tasks" in run)) throw new Error("a model of ours plans here")
  let app: App | undefined
  for (let tries = 0; tries < 600; tries++) {
    const { items } = await call("GET /projects/{projectId}/apps", { params: { projectId } })
    app = items.find(({ draftOf }) => draftOf === run.id)
    if (app?.follows && app.state === "running") return { ...app, draftOf: run.id }
    await sleep(250)
  }
  const seen = await call("GET /agents/runs/{runId}", { params: { runId: run.id } })
  throw new Error(`the draft follows nothing: ${seen.state} ${seen.failure} ${app?.failure}`)
}
