import { record } from "../core/record.ts"
import {
  ensurePersonalOrganization,
  type Person,
  type TenantsParts,
} from "./ensure-personal-organization.ts"

/** What somebody did with their own account. */
interface AccountDeed {
  /** e.g. `session.start` */
  action: string
  person: Person
  ip: string
  requestId: string
}

/**
 * Writes a deed into the person's own organization, which is made when it is not there yet. The
 * sign-in library has committed what it did on a connection of its own, so this comes after it.
 */
export async function recordAccountDeed(parts: TenantsParts, deed: AccountDeed): Promise<void> {
  const { person, action, ip, requestId } = deed
  const { id, name } = person
  const organizationId = await ensurePersonalOrganization(parts, person)
  const actor = { kind: "user", id, name, ip, requestId } as const
  await parts.scope({ organizationId, actor }, async (ctx) =>
    record(ctx, { action, subject: id, details: { about: name } }),
  )
}
