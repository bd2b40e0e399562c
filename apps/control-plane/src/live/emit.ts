import type { EventKind } from "@vibecaas/contract/kinds"
import type { Topic } from "@vibecaas/contract/stream"
import type { Ctx } from "../core/ctx.ts"
import { insertEvent } from "./queries.ts"

export interface LiveEvent {
  topics: readonly Topic[]
  kind: EventKind
  /** id of the object the event is about */
  id: string
  /** the object as the API shows it, or a journal row; readers may also just read again */
  data: unknown
}

/** Tells the live stream, in the writer's transaction: nothing is heard of what did not commit. */
export async function emit(ctx: Ctx, event: LiveEvent): Promise<void> {
  for (const topic of event.topics) {
    await insertEvent(ctx.db, ctx.organizationId, { ...event, topic })
  }
}
