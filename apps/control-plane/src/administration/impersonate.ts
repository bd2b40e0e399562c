import { fault } from "@vibecaas/kernel/fault"
import type { Actor } from "../core/ctx.ts"
import type { Principal, Visitor } from "../core/kind.ts"
import { record } from "../core/record.ts"
import { keep, needPerson, type Wish } from "./change-person.ts"
import type { AdministrationParts } from "./parts.ts"
import type { PersonWithOrganizations } from "./person.ts"
import { beginLook, findWayBack } from "./queries.ts"

/**
 * Lets an administrator look as somebody: by a sign-in of that person which changes nothing, ends by itself,
 * and is seen by them. Every organization that can be looked into so has it in its audit.
 *
 * @param wish.minutes at most as many as the contract allows
 * @throws Fault `not_found`, `wrong_state` for an administrator, somebody who is shut out, or oneself
 */
export async function impersonate(
  parts: AdministrationParts,
  wish: Wish & { visitor: Visitor; reason: string; minutes: number },
): Promise<{ endsAt: Date; setCookies: string[] }> {
  const { admin, visitor, reason, minutes } = wish
  const person = await needPerson(parts, wish)
  assertMayBe(person, admin)
  const endsAt = new Date(parts.clock.now().getTime() + minutes * 60_000)
  const opened = await parts.desk.openSession({ userId: person.id, expiresAt: endsAt, visitor })
  const look = { sessionId: opened.sessionId, personId: person.id, reason, endsAt }
  const by = { id: admin.userId, name: admin.name, sessionId: admin.sessionId }
  const begun = await parts.database.asPlatform((tx) => beginLook(tx, { admin: by, ...look }))
  if (!begun) {
    await parts.desk.endSession({ userId: person.id, sessionId: opened.sessionId })
    throw fault("wrong_state", { say: "That changed a moment ago. Look at the person again." })
  }
  await tellOrganizations(parts, wish, { person, details: { reason, minutes } })
  return { endsAt, setCookies: [opened.setCookie] }
}

function assertMayBe(person: PersonWithOrganizations, admin: Principal): void {
  const refuse = (say: string) => fault("wrong_state", { say })
  if (person.id === admin.userId) throw refuse("That is you.")
  if (person.platformAdmin) throw refuse("Nobody looks as another administrator.")
  if (person.disabledAt) throw refuse(`${person.name} is disabled, so there is nothing to look at.`)
}

/** Every organization that can be looked into has it in its audit. */
async function tellOrganizations(
  parts: AdministrationParts,
  wish: Wish,
  { person, details }: { person: PersonWithOrganizations; details: Record<string, unknown> },
): Promise<void> {
  const { actor, admin } = wish
  const action = "account.impersonate"
  const theirs = await keep(parts, wish, { action, person, details })
  for (const { id: organizationId } of person.memberOf) {
    if ([theirs, admin.personalOrganizationId].includes(organizationId)) continue
    await parts.scope({ organizationId, actor }, async (ctx) =>
      record(ctx, { action, subject: person.id, details: { about: person.name, ...details } }),
    )
  }
}

/**
 * Ends a look, and leads back to the administrator's own sign-in, if that still lives.
 *
 * @throws Fault `wrong_state` for who is nobody but themselves
 */
export async function endImpersonation(
  parts: AdministrationParts,
  { principal, actor }: { principal: Principal; actor: Actor },
): Promise<{ signedIn: boolean; setCookies: string[] }> {
  const { impersonator, userId, sessionId } = principal
  if (!impersonator) throw fault("wrong_state", { say: "You are yourself already." })
  const back = await parts.database.asPlatform((tx) => findWayBack(tx, sessionId))
  await parts.desk.endSession({ userId, sessionId })
  const organizationId = principal.personalOrganizationId
  await parts.scope({ organizationId, actor }, async (ctx) =>
    record(ctx, {
      ...{ action: "account.impersonate_end", subject: userId },
      details: { about: principal.name },
    }),
  )
  return { signedIn: back !== undefined, setCookies: [parts.desk.cookieOf(back)] }
}
