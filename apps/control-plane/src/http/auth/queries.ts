import type { Role } from "@vibecaas/contract/roles"
import type { Tx } from "../../db/tenant.ts"

export interface SessionRow {
  sessionId: string
  userId: string
  name: string
  email: string
  expiresAt: Date
  platformAdmin: boolean
  personalOrganizationId: string | null
  memberships: { organizationId: string; role: Role }[]
}

/** The session of a token with everything a request needs to know about its person. */
export async function findSession(tx: Tx, token: string): Promise<SessionRow | undefined> {
  const text = `
    select session_id as "sessionId", user_id as "userId", name, email, expires_at as "expiresAt",
      platform_admin as "platformAdmin", personal_organization_id as "personalOrganizationId",
      memberships
    from session_principal($1)`
  const [row] = await tx.query<SessionRow>({ name: "session_principal", text }, [token])
  return row
}

/** Makes a person an administrator of this installation; once is enough. */
export async function makePlatformAdmin(tx: Tx, userId: string): Promise<void> {
  const text = "select claim_platform_admin($1, false)"
  await tx.query({ name: "claim_platform_admin", text }, [userId])
}
