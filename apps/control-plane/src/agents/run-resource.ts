import type { Resource } from "../core/resource.ts"
import { lockRun } from "./queries/runs.ts"
import { type RunRow, runInWords } from "./run.ts"
import { runChanged } from "./tell.ts"

/** Whoever also locks a task locks its run first, so finding a run locks it. */
export const runResource: Resource<RunRow> = {
  noun: "run",
  loop: "runs",
  find: (ctx, id) => lockRun(ctx.db, id),
  about: async (_, run) => runInWords(run),
  tell: (ctx, { id }) => runChanged(ctx, id),
}
