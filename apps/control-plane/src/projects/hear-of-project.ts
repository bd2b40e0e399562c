import type { IdOf } from "@vibecaas/contract/kinds"
import { derived } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { type Signal, signal, signalsOf } from "../core/signals.ts"
import { announceRow } from "./announce.ts"
import { hasMachineOf, type ProjectRow, projectStateOf } from "./project.ts"
import { lockProject, writeObserved } from "./queries.ts"

/**
 * Takes in what a kind to the right says of its part of a project. What people see of the project
 * follows from it once, before the transaction commits.
 */
export async function hearOfProject(ctx: Ctx, id: IdOf<"project">, said: Signal): Promise<void> {
  if (await signal(ctx, id, said)) derived(ctx, nameOf(id), () => settle(ctx, id))
}

const nameOf = (id: IdOf<"project">) => `project/${id}`

/** Derives at once what people see of the project, and answers it so; `undefined` when it is gone. */
export async function settleProject(
  ctx: Ctx,
  id: IdOf<"project">,
): Promise<ProjectRow | undefined> {
  ctx.outbox.derivations.delete(nameOf(id))
  const before = await lockProject(ctx.db, id)
  if (!before) return undefined
  // Read under the lock: what others said who settled before us is among them.
  const signals = await signalsOf(ctx, id)
  const { state, detail: stateDetail } = projectStateOf(before.wanted, signals)
  const runs = signals.find(({ child }) => child === "runs")
  const goal = runs?.about ?? before.goal
  const hasMachine = before.hasMachine || hasMachineOf(signals)
  const news = signals.map(({ newsAt }) => newsAt?.toISOString() ?? "")
  const updatedAt = [before.updatedAt, ...news].sort().at(-1) ?? before.updatedAt
  const row = { ...before, state, stateDetail, goal, hasMachine, updatedAt }
  const told = { state, stateDetail, goal, hasMachine }
  await writeObserved(ctx.db, id, { ...told, updatedAt: new Date(updatedAt) })
  const isNews =
    state !== before.state || stateDetail !== before.stateDetail || goal !== before.goal
  if (isNews) announceRow(ctx, row)
  return row
}

async function settle(ctx: Ctx, id: IdOf<"project">): Promise<void> {
  await settleProject(ctx, id)
}
