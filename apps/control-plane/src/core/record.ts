import type { Actor, Ctx } from "./ctx.ts"

export interface Deed {
  /** `<noun>.<verb>`, e.g. `project.create` */
  action: string
  /** id of what was acted on */
  subject: string
  /** what somebody asking later needs to know, `about` names the subject in words; never a secret */
  details: Record<string, unknown>
}

/** Writes down who did what, in the transaction that does it: neither happens without the other. */
export function record(ctx: Ctx, deed: Deed): void {
  const { actor } = ctx
  ctx.outbox.records.push({
    id: ctx.newId("aud"),
    organizationId: ctx.organizationId,
    at: ctx.clock.now(),
    action: deed.action,
    subject: deed.subject,
    details:
      actor.kind === "agent" ? { ...deed.details, onBehalfOf: actor.onBehalfOf } : deed.details,
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name,
    ...originOf(actor),
  })
}

function originOf(actor: Actor) {
  return actor.kind === "user"
    ? { ip: actor.ip, requestId: actor.requestId }
    : { ip: null, requestId: null }
}
