import { actAsPlatform } from "../core/resource.ts"
import { type Letter, sendMail } from "../mails/index.ts"
import { ensurePersonalOrganization, type TenantsParts } from "./ensure-personal-organization.ts"

/** Writes to somebody about their account; the mail is of their personal organization. */
export async function mailPerson(
  parts: TenantsParts,
  person: { id: string; name: string; email: string },
  letter: Omit<Letter, "to">,
): Promise<void> {
  const organizationId = await ensurePersonalOrganization(parts, person)
  await actAsPlatform(parts, { organizationId }, (ctx) =>
    sendMail(ctx, parts.masterKey, { to: person.email, ...letter }),
  )
}
