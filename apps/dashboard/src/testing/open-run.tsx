import { screen, act as settle, within } from "@testing-library/react"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Step } from "@vibecaas/contract/run-step"
import { RunScreen } from "../agents/run-screen.tsx"
import { live, missed } from "../kinds.ts"
import { makeLiveCache } from "../live/live-cache.ts"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "./draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "./fake-api.ts"
import { mara } from "./people.ts"
import { project } from "./projects.ts"
import { run, step, task } from "./runs.ts"

/** Whose run it is. */
const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
export const app = project({ name: "Tulips", hasMachine: false, organizationId })
export const projectId = app.id
export const backend = task({ role: "backend", state: "succeeded", evidence: "12 tests passed" })
export const proof = task({ role: "testing", state: "running", dependsOn: [backend.id] })
export const working = run({ projectId, tasks: [backend, proof] })
export const wrote = step({ runId: working.id, taskId: backend.id, title: "wrote server.ts" })
export const tested = step({
  ...{ runId: working.id, taskId: proof.id, title: "npm test", kind: "check", ok: false },
  ...{ input: { argv: ["npm", "test"] }, output: { exitCode: 1, stdout: "1 failing" } },
})

interface Shown {
  runs: readonly Run[]
  steps?: Step[]
  also?: FakeHandlers
  /** the one that is asked for; else the newest */
  runId?: string
}

/** The screen of runs, whose API answers what the test says. */
export function openRun({ runs, steps = [], also = {}, runId }: Shown) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => app,
    "GET /agents/runs": () => page(runs),
    "GET /agents/proposals": () => page([]),
    "GET /agents/runs/{runId}": ({ params }) =>
      runs.find(({ id }) => id === params.runId) ?? new Refused({ status: 404, detail: "None." }),
    "GET /agents/runs/{runId}/steps": () => page(steps),
    "GET /agents/runs/{runId}/tasks/{taskId}/diff": () => ({ files: [] }),
    ...also,
  })
  const drawn = draw(
    <ProjectFrame projectId={app.id}>
      <RunScreen runId={runId} />
    </ProjectFrame>,
    { me, at: `/projects/${app.id}` },
  )
  const cache = makeLiveCache({ client: drawn.client, later: () => undefined, live, missed })
  const hear = (kind: string, id: string, data: unknown) =>
    settle(async () =>
      cache.apply({ ...{ type: "event", topic: "t", cursor: "1" }, kind, id, data } as never),
    ) // a frame
  /** the run is so from now on, and the stream tells it */
  const becomes = async (next: Run) => {
    api.answer({ "GET /agents/runs/{runId}": () => next, "GET /agents/runs": () => page([next]) })
    await hear("run.changed", next.id, next)
  }
  return { ...drawn, api, hear, becomes }
}
export const soon = "2026-11-22T12:00:08.000Z"
export const timeline = () => within(screen.getByRole("region", { name: "Timeline" }))
export const steps = () => timeline().queryAllByRole("listitem").length
