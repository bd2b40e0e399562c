import { randomBytes } from "node:crypto"
import { digestOf } from "./audit-chain.ts"
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
  const { actor, organizationId } = ctx
  const { action, subject } = deed
  const at = ctx.clock.now()
  const details =
    actor.kind === "agent" ? { ...deed.details, onBehalfOf: actor.onBehalfOf } : deed.details
  const told = {
    id: ctx.newId("aud"),
    organizationId,
    action,
    subject,
    details,
    ...originOf(actor),
  }
  const { kind, id, name } = actor
  const salt = randomBytes(16).toString("hex")
  const content = { ...told, at: at.toISOString(), actor: { kind, id, name } }
  ctx.outbox.records.push({
    ...{ ...told, at, actorKind: kind, actorId: id, actorName: name, salt },
    digest: digestOf(content, salt),
  })
}

function originOf(actor: Actor) {
  return actor.kind === "user" || actor.kind === "key"
    ? { ip: actor.ip, requestId: actor.requestId }
    : { ip: null, requestId: null }
}
