import type { EventKind } from "@vibecaas/contract/kinds"
import type { Topic } from "@vibecaas/contract/stream"
import type { Ctx } from "./ctx.ts"

export interface LiveEvent {
  topics: readonly Topic[]
  kind: EventKind
  /** id of the object the event is about */
  id: string
  /** the object as the API shows it, or a journal row; readers may also just read again */
  data: unknown
}

/** Tells the live stream when this transaction commits: nothing is heard of what did not happen. */
export function emit(ctx: Ctx, { topics, ...event }: LiveEvent): void {
  for (const topic of topics) ctx.outbox.events.push({ ...event, topic })
}
