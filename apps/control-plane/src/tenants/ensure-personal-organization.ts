import { invariant } from "@vibecaas/kernel/fault"
import { type MasterKey, newDataKey } from "@vibecaas/kernel/seal"
import type { Ctx, Parts } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import type { Database } from "../db/tenant.ts"
import { personalName, slugOf } from "./organization.ts"
import { findPersonalOrganization, insertOrganization } from "./queries.ts"

export interface Person {
  id: string
  name: string
}

export interface TenantsParts extends Parts {
  database: Database
  /** wraps each organization's data key */
  masterKey: MasterKey
}

/**
 * Gives a person their own organization, with a plan and a data key, unless they have it. Calling
 * it twice, even at once, makes one.
 *
 * @returns the organization's id
 */
export async function ensurePersonalOrganization(
  parts: TenantsParts,
  person: Person,
): Promise<string> {
  const find = () => parts.database.asPlatform((tx) => findPersonalOrganization(tx, person.id))
  const existing = await find()
  if (existing) return existing

  const organizationId = parts.newId("org")
  const actor = { kind: "user", ...person, ip: null, requestId: null } as const
  const made = await parts.scope({ organizationId, actor }, (ctx) => make(parts, ctx, person))
  if (made) return organizationId

  const others = await find()
  invariant(others, "whoever won the race has committed, since we waited for it")
  return others
}

async function make({ masterKey }: TenantsParts, ctx: Ctx, person: Person): Promise<boolean> {
  const id = ctx.organizationId
  const made = await insertOrganization(ctx.db, {
    id,
    name: personalName,
    slug: slugOf(person.name, id),
    personal: true,
    ownerId: person.id,
    dataKey: newDataKey(masterKey, id),
    at: ctx.clock.now(),
  })
  const details = { about: personalName }
  if (made) record(ctx, { action: "organization.create", subject: id, details })
  return made
}
