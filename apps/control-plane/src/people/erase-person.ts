import { fault } from "@vibecaas/kernel/fault"
import type { Actor, Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { eraseFromAudit } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import {
  deleteMembership,
  lockRole,
  needOrganization,
  type TenantsParts,
  tellOrganization,
  wantOrganizationGone,
} from "../tenants/index.ts"
import {
  countOthers,
  erasePersonBeyond,
  erasePersonHere,
  isOnlyPlatformAdmin,
  listKnowing,
  listNames,
  makeNobodys,
} from "./queries/own-data.ts"

interface Person {
  id: string
  name: string
  email: string
}

/**
 * Takes a person out of every organization, and what is kept of them out of every table but those of the
 * sign-in library, whose account goes last: until then all of this can be asked for again.
 *
 * @returns names of organizations that nobody else is in, which are being torn down
 * @throws Fault `wrong_state` for the last owner of an organization that others use, and for the only
 * administrator of the installation; nothing is changed then
 */
export async function erasePerson(
  parts: TenantsParts,
  { person, actor }: { person: Person; actor: Actor },
): Promise<string[]> {
  const { database } = parts
  const all = await organizationsOf(database, person.id)
  await assertMayGo(parts, { person, actor }, all.theirs)
  const going: string[] = []
  for (const { id } of all.theirs) {
    const name = await parts.scope({ organizationId: id, actor }, (ctx) => goFrom(ctx, person))
    if (name !== undefined) going.push(name)
  }
  const names = await database.asPlatform((tx) => listNames(tx, person.id))
  const erased = {
    userId: person.id,
    address: person.email.toLowerCase(),
    names: [...new Set([...names, person.name])],
  }
  for (const id of all.knowing)
    await database.inOrganization(id, (tx) => erasePersonHere(tx, erased))
  await database.asPlatform((tx) => erasePersonBeyond(tx, erased))
  await eraseFromAudit(database, erased)
  return going
}

async function organizationsOf(database: Database, userId: string) {
  return database.asPlatform(async (tx) => {
    const text = "select organization_id as id from memberships_of($1)"
    const theirs = await tx.query<{ id: string }>({ name: "people_theirs", text }, [userId])
    return { theirs, knowing: await listKnowing(tx, userId) }
  })
}

/** Looks at all of them before anything is changed. */
async function assertMayGo(
  parts: TenantsParts,
  { person, actor }: { person: Person; actor: Actor },
  theirs: readonly { id: string }[],
): Promise<void> {
  if (await parts.database.asPlatform((tx) => isOnlyPlatformAdmin(tx, person.id))) {
    const say = "You are the only administrator of this installation. Make somebody else one first."
    throw fault("wrong_state", { say })
  }
  const kept: string[] = []
  for (const { id } of theirs) {
    await parts.scope({ organizationId: id, actor, readOnly: false }, async (ctx) => {
      if ((await standingOf(ctx, person.id)) === "needed")
        kept.push((await needOrganization(ctx)).name)
    })
  }
  if (kept.length > 0) throw stillNeeded(kept)
}

const stillNeeded = (names: readonly string[]) =>
  fault("wrong_state", {
    say: `Others are in ${names.map((name) => `“${name}”`).join(", ")}, and you are the only owner. Make somebody else an owner, or delete it first.`,
  })

/** `needed`: its only owner, while others use it. `alone`: nobody else does. */
async function standingOf(ctx: Ctx, userId: string): Promise<"needed" | "alone" | "one of many"> {
  const { owners } = await lockRole(ctx.db, userId)
  const others = await countOthers(ctx.db, userId)
  if (others === 0) return "alone"
  return owners.length === 1 && owners[0] === userId ? "needed" : "one of many"
}

/** @returns the name of an organization that goes with the person */
async function goFrom(ctx: Ctx, person: Person): Promise<string | undefined> {
  const standing = await standingOf(ctx, person.id)
  const { name, personal } = await needOrganization(ctx)
  if (standing === "needed") throw stillNeeded([name])
  if (standing === "alone") {
    await makeNobodys(ctx.db)
    if (personal) record(ctx, { action: "account.erase", subject: person.id, details: {} })
    await wantOrganizationGone(ctx)
    await deleteMembership(ctx.db, person.id)
    return name
  }
  await deleteMembership(ctx.db, person.id)
  if (personal) await makeNobodys(ctx.db)
  record(ctx, { action: "organization.leave", subject: ctx.organizationId, details: {} })
  tellOrganization(ctx)
  return undefined
}
