import type { IdOf } from "@vibecaas/contract/kinds"
import { runMessagesMax } from "@vibecaas/contract/run-message"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { filesOf, giveAttachments } from "./attachments/give-attachments.ts"
import type { MessageRow } from "./message.ts"
import { needRun } from "./need-run.ts"
import { insertMessage, listMessages } from "./queries/messages.ts"
import { lockRun } from "./queries/runs.ts"
import { runInWords, unfinishedRunStates } from "./run.ts"
import { runChanged } from "./tell.ts"

/**
 * Writes to a run at work. It is locked, so that a task which begins meanwhile knows how much was
 * said before.
 *
 * @throws Fault `not_found`, `wrong_state` when the run is over or takes no more messages, `invalid` when a file
 * that comes with it is not there
 */
export async function sendMessage(
  ctx: Ctx,
  id: IdOf<"run">,
  { text, attachments }: { text: string; attachments?: IdOf<"attachment">[] | undefined },
): Promise<MessageRow> {
  await lockRun(ctx.db, id)
  const run = await needRun(ctx, id)
  if (!unfinishedRunStates.includes(run.state)) {
    throw fault("wrong_state", {
      say: "The run is over, so no agent would hear it. Ask for a change instead.",
    })
  }
  const before = await listMessages(ctx.db, [id])
  if (before.length >= runMessagesMax) {
    throw fault("wrong_state", {
      say: `This run has its ${runMessagesMax} messages. Stop it and say in one goal what you want instead.`,
    })
  }
  const { organizationId, actor } = ctx
  const row: MessageRow = {
    ...{ id: ctx.newId("msg"), organizationId, runId: id, number: before.length + 1 },
    text: text.replaceAll("\0", ""),
    sentById: actor.id ?? actor.name,
    sentByName: actor.name,
    sentAt: ctx.clock.now(),
    heardAt: null,
  }
  await insertMessage(ctx.db, row)
  const given = await giveAttachments(ctx, attachments, { run, message: row.number })
  const { projectId } = run
  const details = { about: runInWords(run), projectId, message: row.text, ...filesOf(given) }
  record(ctx, { action: "run.message", subject: id, details })
  runChanged(ctx, id)
  return row
}
