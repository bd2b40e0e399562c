import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { findMachine, type LiveMachine } from "../../machines/index.ts"
import { needProject } from "../../projects/index.ts"
import type { AppRow } from "../app.ts"
import { isRestoring } from "../backups/backup.ts"
import type { AppsParts } from "../parts.ts"
import { findOfProject, lockOfProject } from "../queries.ts"

/** The machine that has the data of a project's live app. */
export interface DataOf {
  app: AppRow
  machine: LiveMachine
  signal: AbortSignal
}

/** @throws Fault `not_found`, `wrong_state` while no machine runs */
export async function needData(
  ctx: Ctx,
  parts: Pick<AppsParts, "live">,
  projectId: IdOf<"project">,
): Promise<DataOf> {
  await needProject(ctx, projectId)
  return running(ctx, parts, await findOfProject(ctx.db, projectId))
}

/**
 * The same for whoever changes them: no version takes another's place meanwhile.
 *
 * @throws Fault `not_found`, `wrong_state` while no machine runs, or something else changes the data
 */
export async function lockData(
  ctx: Ctx,
  parts: Pick<AppsParts, "live">,
  projectId: IdOf<"project">,
): Promise<DataOf> {
  await needProject(ctx, projectId)
  const data = await running(ctx, parts, await lockOfProject(ctx.db, projectId))
  if (data.app.phase === "settled" && !isRestoring(data.app)) return data
  throw fault("wrong_state", {
    say: "The app is being changed, and its data with it. Try again once that is over.",
  })
}

/** What the data may take, in MiB. */
export async function diskMibOf(ctx: Ctx, { app }: DataOf): Promise<number> {
  return (await findMachine(ctx.db, app.machineId))?.diskMib ?? 0
}

async function running(
  ctx: Ctx,
  { live }: Pick<AppsParts, "live">,
  app: AppRow | undefined,
): Promise<DataOf> {
  const row = app && (await findMachine(ctx.db, app.machineId))
  const machine = row?.state === "running" ? await live.find(row) : undefined
  if (app && machine) return { app, machine, signal: ctx.signal }
  const say = app
    ? "The app's machine rests, and its data can be read only while it runs. Start the app first."
    : "The project has no app that runs yet, so it has no data."
  throw fault("wrong_state", { say })
}
