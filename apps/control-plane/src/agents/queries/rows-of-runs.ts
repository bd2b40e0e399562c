import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../../core/ctx.ts"
import type { RunRows } from "../run.ts"
import { listAttachments } from "./attachments.ts"
import { listInquiries } from "./inquiries.ts"
import { listMessages } from "./messages.ts"
import { listTasks } from "./tasks.ts"

/** What is shown with runs, of each by its id. */
export async function rowsOfRuns(
  ctx: Ctx,
  ids: readonly IdOf<"run">[],
): Promise<(id: IdOf<"run">) => RunRows> {
  const byRun = <Row extends { runId: IdOf<"run"> }>(rows: readonly Row[]) =>
    Map.groupBy(rows, ({ runId }) => runId)
  const tasks = byRun(await listTasks(ctx.db, ids))
  const inquiries = byRun(await listInquiries(ctx.db, ids))
  const messages = byRun(await listMessages(ctx.db, ids))
  const attachments = byRun(await listAttachments(ctx.db, ids))
  return (id) => ({
    tasks: tasks.get(id) ?? [],
    inquiries: inquiries.get(id) ?? [],
    messages: messages.get(id) ?? [],
    attachments: attachments.get(id) ?? [],
  })
}

export async function rowsOf(ctx: Ctx, id: IdOf<"run">): Promise<RunRows> {
  return (await rowsOfRuns(ctx, [id]))(id)
}
