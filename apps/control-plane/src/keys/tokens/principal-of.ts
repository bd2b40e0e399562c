import type { Found, Grant, Membership } from "../../core/kind.ts"
import type { Database } from "../../db/tenant.ts"
import { findOpenedById } from "../queries.ts"
import { foundIn } from "../use-key.ts"

interface SessionRow {
  sessionId: string
  userId: string
  name: string
  email: string
  expiresAt: Date
  personalOrganizationId: string | null
  memberships: Membership[]
  grants: Grant[]
}

/** Who has a session, or a secret of a key, of that id now. */
export async function principalOf(database: Database, id: string): Promise<Found | undefined> {
  return database.asPlatform(async (tx) => {
    const opened = await findOpenedById(tx, id)
    if (opened) return foundIn(opened)
    const text = `
      select session_id as "sessionId", user_id as "userId", name, email, expires_at as "expiresAt",
        personal_organization_id as "personalOrganizationId", memberships, grants
      from session_principal_by_id($1)`
    const [row] = await tx.query<SessionRow>({ name: "session_principal_by_id", text }, [id])
    if (!row) return undefined
    const { expiresAt, personalOrganizationId, ...who } = row
    const home = personalOrganizationId ?? ""
    const principal = { ...who, platformAdmin: false, personalOrganizationId: home }
    return { principal, expiresAt: expiresAt.getTime() }
  })
}
