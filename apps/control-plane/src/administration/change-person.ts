import { fault } from "@vibecaas/kernel/fault"
import type { Actor } from "../core/ctx.ts"
import type { Principal } from "../core/kind.ts"
import { record } from "../core/record.ts"
import { ensurePersonalOrganization } from "../tenants/index.ts"
import type { AdministrationParts } from "./parts.ts"
import type { PersonWithOrganizations } from "./person.ts"
import { disablePerson, enablePerson, findPerson } from "./queries.ts"

/** An administrator who asks for something about a person. */
export interface Wish {
  admin: Principal
  actor: Actor
  userId: string
}

/** @throws Fault `not_found` */
export async function needPerson(
  { database }: Pick<AdministrationParts, "database">,
  { admin, userId }: Pick<Wish, "admin" | "userId">,
): Promise<PersonWithOrganizations> {
  const row = await database.asPlatform((tx) => findPerson(tx, admin.userId, userId))
  if (row) return row
  throw fault("not_found", { say: "Nobody here has that id." })
}

/**
 * Shuts somebody out. Nothing of theirs opens from the moment it commits; their sign-ins end.
 *
 * @throws Fault `not_found`, `wrong_state` for oneself
 */
export async function disable(
  parts: AdministrationParts,
  wish: Wish & { reason: string },
): Promise<void> {
  const person = await needPerson(parts, wish)
  const { admin, reason } = wish
  if (person.id === admin.userId) {
    const say = "You would shut yourself out. Another administrator can do this."
    throw fault("wrong_state", { say })
  }
  const of = { admin: { id: admin.userId, name: admin.name }, id: person.id, reason }
  const at = parts.clock.now()
  const done = await parts.database.asPlatform((tx) => disablePerson(tx, { ...of, at }))
  await parts.desk.endSessions(person.id)
  if (done) await keep(parts, wish, { action: "account.disable", person, details: { reason } })
}

/** @throws Fault `not_found` */
export async function enable(parts: AdministrationParts, wish: Wish): Promise<void> {
  const person = await needPerson(parts, wish)
  const done = await parts.database.asPlatform((tx) =>
    enablePerson(tx, wish.admin.userId, person.id),
  )
  if (done) await keep(parts, wish, { action: "account.enable", person })
}

/** @throws Fault `not_found` */
export async function endSessions(parts: AdministrationParts, wish: Wish): Promise<void> {
  const person = await needPerson(parts, wish)
  const sessions = await parts.desk.endSessions(person.id)
  await keep(parts, wish, { action: "account.end_sessions", person, details: { sessions } })
}

/**
 * Writes to somebody how to set a new password.
 *
 * @returns the address
 * @throws Fault `not_found`
 */
export async function resetMail(parts: AdministrationParts, wish: Wish): Promise<string> {
  const person = await needPerson(parts, wish)
  await parts.desk.mailReset(person)
  await keep(parts, wish, { action: "account.reset_mail", person })
  return person.email
}

export interface DeedOnPerson {
  action: string
  person: PersonWithOrganizations
  details?: Record<string, unknown>
}

/** Writes what was done to somebody into their own organization, whose id it answers, and into that of who did it. */
export async function keep(
  parts: AdministrationParts,
  { admin, actor }: Pick<Wish, "admin" | "actor">,
  { action, person, details = {} }: DeedOnPerson,
): Promise<string> {
  const theirs = await ensurePersonalOrganization(parts, person)
  for (const organizationId of new Set([admin.personalOrganizationId, theirs])) {
    await parts.scope({ organizationId, actor }, async (ctx) =>
      record(ctx, { action, subject: person.id, details: { about: person.name, ...details } }),
    )
  }
  return theirs
}
