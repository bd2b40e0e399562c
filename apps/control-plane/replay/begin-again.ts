import type { IdOf } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import { giveAttachments } from "../src/agents/attachments/give-attachments.ts"
import { uploadAttachment } from "../src/agents/attachments/upload-attachment.ts"
import type { Cassette, CassetteAttached } from "../src/agents/cassettes/cassette.ts"
import { insertMessage } from "../src/agents/queries/messages.ts"
import { findRun, moveRun } from "../src/agents/queries/runs.ts"
import type { AgentsWorld } from "../src/agents/testing/agents-world.ts"
import type { Ctx } from "../src/core/ctx.ts"
import { release } from "../src/quotas/index.ts"

/** Asks for a recorded goal, with all that people gave and wrote then: nobody is there to do it again. */
export async function beginAgain(
  world: AgentsWorld,
  projectId: IdOf<"project">,
  { goal, attachments = [], messages = [] }: Cassette,
): Promise<IdOf<"run">> {
  const earlier = attachments.filter((each) => each.earlier)
  if (earlier.length > 0) await beginEarlier(world, projectId, earlier)
  const { runId } = await world.ask(goal, projectId)
  const own = attachments.filter((each) => !each.earlier)
  await world.act(async (ctx) => {
    await give(ctx, runId, { attachments: own, message: null })
    for (const [index, { by, text }] of messages.entries()) {
      const number = index + 1
      const { organizationId } = ctx
      const at = ctx.clock.now()
      const sent = { sentById: by, sentByName: by, sentAt: at, heardAt: at }
      const row = { id: ctx.newId("msg"), organizationId, runId, number, text, ...sent }
      await insertMessage(ctx.db, row)
      await give(ctx, runId, { attachments: own, message: number })
    }
  })
  return runId
}

/** A run that is over, which was given what the recorded one could read of runs before it. */
async function beginEarlier(
  world: AgentsWorld,
  projectId: IdOf<"project">,
  attachments: readonly CassetteAttached[],
): Promise<void> {
  const { runId } = await world.ask("What came before the recorded run", projectId)
  await world.act(async (ctx) => {
    for (const each of attachments) {
      await give(ctx, runId, { attachments: [{ ...each, message: null }], message: null })
    }
    const at = ctx.clock.now()
    const set = { state: "cancelled" as const, wanted: "cancelled" as const, finishedAt: at }
    await moveRun(ctx.db, runId, { from: "queued", set, at })
    await release(ctx, "concurrent_runs", runId)
  })
}

async function give(
  ctx: Ctx,
  runId: IdOf<"run">,
  { attachments, message }: { attachments: readonly CassetteAttached[]; message: number | null },
): Promise<void> {
  const run = await findRun(ctx.db, runId)
  invariant(run, "it was just asked for")
  const ids: IdOf<"attachment">[] = []
  for (const { path, content } of attachments.filter((each) => each.message === message)) {
    const bytes = typeof content === "string" ? Buffer.from(content) : decoded(content)
    const name = path.split("/").at(-1) ?? path
    ids.push((await uploadAttachment(ctx, { name, bytes })).id)
  }
  await giveAttachments(ctx, ids, { run, message })
}

const decoded = ({ base64 }: { base64: string }) => Buffer.from(base64, "base64")
