import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { findRun } from "./queries/runs.ts"
import type { RunRow } from "./run.ts"

/** @throws Fault `not_found` */
export async function needRun(ctx: Ctx, id: IdOf<"run">): Promise<RunRow> {
  const run = await findRun(ctx.db, id)
  if (!run) throw fault("not_found", { say: "There is no such run." })
  return run
}
