import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { insertStep } from "./queries/steps.ts"
import type { RunRow } from "./run.ts"
import { type StepRow, showStep } from "./step.ts"

/** longest input or output inside a live event, in characters of JSON */
const eventCharsMax = 3000

/** Adds a row to a run's journal, with its live event. */
export async function recordStep(
  ctx: Ctx,
  run: RunRow,
  row: Omit<StepRow, "sequence">,
): Promise<void> {
  const sequence = await insertStep(ctx.db, row)
  emit(ctx, {
    kind: "run.step",
    about: { run: run.id },
    id: row.id,
    data: showStep({ ...row, sequence }, eventCharsMax),
  })
}
