import type { RunState } from "@vibecaas/contract/kinds/agents"
import type { AppState } from "@vibecaas/contract/kinds/microvms"
import type { Ctx } from "../core/ctx.ts"
import { announce } from "./announce.ts"
import { projectStateOf } from "./project.ts"
import { lockProject, writeObserved } from "./queries.ts"

/** What a kind to the right saw; a missing half stays as it is. */
export interface ProjectObservation {
  app?: { state: AppState; detail: string | null }
  /** without a state when the run left the project as it was */
  run?: { state: RunState | null; detail: string | null; goal?: string }
}

/**
 * Records an observation, derives what people see, and tells them when that changed.
 *
 * A run that begins or ends changes the project. An app that starts, stops or crashes does not:
 * a restart of the server would make every project look as if somebody had changed it.
 */
export async function observeProject(
  ctx: Ctx,
  id: string,
  seen: ProjectObservation,
): Promise<void> {
  const before = await lockProject(ctx.db, id)
  if (!before) return
  const row = {
    ...before,
    ...(seen.app ? { appState: seen.app.state, appDetail: seen.app.detail } : {}),
    ...(seen.run ? { runState: seen.run.state, runDetail: seen.run.detail } : {}),
    goal: seen.run?.goal ?? before.goal,
  }
  const { state, detail } = projectStateOf(row)
  const changed =
    state !== before.state || detail !== before.stateDetail || row.goal !== before.goal
  const { runState, runDetail, appState, appDetail, goal } = row
  const worked = runState !== before.runState || goal !== before.goal
  await writeObserved(ctx.db, id, {
    ...{ runState, runDetail, appState, appDetail, goal, state, stateDetail: detail },
    ...(worked ? { updatedAt: ctx.clock.now() } : {}),
  })
  if (changed) await announce(ctx, { ...row, state, stateDetail: detail })
}
