import type { Grant, Impersonator, Membership } from "../../core/kind.ts"
import type { Tx } from "../../db/tenant.ts"

export interface SessionRow {
  sessionId: string
  userId: string
  name: string
  email: string
  expiresAt: Date
  platformAdmin: boolean
  personalOrganizationId: string | null
  memberships: Membership[]
  grants: Grant[]
  impersonator: Omit<Impersonator, "until"> | null
}

/** The session of a token with everything a request needs to know about its person. */
export async function findSession(tx: Tx, token: string): Promise<SessionRow | undefined> {
  const text = `
    select session_id as "sessionId", user_id as "userId", name, email, expires_at as "expiresAt",
      platform_admin as "platformAdmin", personal_organization_id as "personalOrganizationId",
      memberships, grants, impersonator
    from session_principal($1)`
  const [row] = await tx.query<SessionRow>({ name: "session_principal", text }, [token])
  return row
}

/** Keeps that somebody was here; at most every few minutes. */
export async function noteSeen(tx: Tx, userId: string, at: Date): Promise<void> {
  await tx.query({ name: "note_seen", text: "select note_seen($1, $2)" }, [userId, at])
}

/** Whether administrators shut somebody out. */
export async function isDisabled(tx: Tx, userId: string): Promise<boolean> {
  const text = "select is_disabled($1) as disabled"
  const [row] = await tx.query<{ disabled: boolean }>({ name: "is_disabled", text }, [userId])
  return row?.disabled === true
}

/** Which sign-ins of a person are looks of administrators. */
export function looksAs(
  tx: Tx,
  userId: string,
): Promise<{ sessionId: string; adminName: string; reason: string }[]> {
  const text = `
    select session_id as "sessionId", admin_name as "adminName", reason from impersonations_of($1)`
  return tx.query({ name: "looks_as", text }, [userId])
}

/** Makes a person an administrator of this installation; once is enough. */
export async function makePlatformAdmin(tx: Tx, userId: string): Promise<void> {
  const text = "select claim_platform_admin($1, false)"
  await tx.query({ name: "claim_platform_admin", text }, [userId])
}
