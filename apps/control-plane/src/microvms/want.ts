import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { needProject } from "../projects/index.ts"
import { announce } from "./announce.ts"
import type { MicrovmRow } from "./microvm.ts"
import { lockOfProject, updateWanted } from "./queries.ts"

/** What somebody asks of a machine. */
export type Wish = Partial<
  Pick<
    MicrovmRow,
    | "wanted"
    | "trust"
    | "restartWanted"
    | "appCommitWanted"
    | "state"
    | "failure"
    | "appState"
    | "appRestarts"
    | "appFailure"
    | "appExitCode"
  >
>

/** Writes a wish, tells it, and wakes the loop that makes it come true. */
export async function want(
  ctx: Ctx,
  row: MicrovmRow,
  wish: { action: string; set: Wish; details?: Record<string, unknown> },
): Promise<MicrovmRow> {
  const updatedAt = ctx.clock.now()
  await updateWanted(ctx.db, row.id, { ...wish.set, updatedAt })
  const after = { ...row, ...wish.set, updatedAt }
  const { name } = await needProject(ctx, row.projectId)
  const details = { about: name, ...wish.details }
  record(ctx, { action: wish.action, subject: row.id, details })
  announce(ctx, after)
  ctx.wake("microvms", row.id)
  return after
}

/** Asking again for what failed or crashed is a new beginning. */
export function freshStart(row: MicrovmRow): Wish {
  const idle = row.state === "failed" || row.state === "stopped" || row.state === "stopping"
  const crashed = row.appState === "crashed" || row.appState === "stopped"
  return {
    wanted: "running",
    ...(idle ? { state: "requested" as const, failure: null } : {}),
    ...(crashed ? freshApp : {}),
  }
}

export const freshApp = {
  appState: "none",
  appRestarts: 0,
  appFailure: null,
  appExitCode: null,
} as const satisfies Wish

/** The project's machine, locked. @throws Fault `not_found`, `wrong_state` */
export async function needMachine(ctx: Ctx, projectId: string): Promise<MicrovmRow> {
  const project = await needProject(ctx, projectId)
  if (project.wanted === "gone") {
    throw fault("wrong_state", { say: "The project is being deleted." })
  }
  const row = await lockOfProject(ctx.db, projectId)
  if (!row) {
    throw fault("not_found", { say: "This project has no machine yet. Run its app to get one." })
  }
  return row
}
