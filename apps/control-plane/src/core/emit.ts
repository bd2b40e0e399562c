import type { EventKind } from "@vibecaas/contract/kinds"
import { type About, topicsOf } from "@vibecaas/contract/stream"
import type { Ctx } from "./ctx.ts"

export interface LiveEvent<E extends EventKind> {
  kind: E
  /** ids of the objects on whose topics the contract tells it, besides the organization's own */
  about: Omit<About<E>, "organization">
  /** id of the object the event is about */
  id: string
  /** the object as the API shows it, or a journal row; readers may also just read again */
  data: unknown
}

/** Tells the live stream when this transaction commits: nothing is heard of what did not happen. */
export function emit<E extends EventKind>(ctx: Ctx, event: LiveEvent<E>): void {
  const { kind, id, data } = event
  const about = { ...event.about, organization: ctx.organizationId }
  // Names of objects that the contract has for this event, so a project is among them or it is about none.
  const { project: projectId = null } = about as { project?: string }
  for (const topic of topicsOf(kind, about))
    ctx.outbox.events.push({ kind, id, data, topic, projectId })
}
