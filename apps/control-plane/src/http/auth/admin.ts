import type { Database } from "../../db/tenant.ts"
import { makePlatformAdmin } from "./queries.ts"
import type { Person } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

export interface AdminParts {
  db: Database
  signIn: SignIn
  ensurePersonalOrganization(person: Person): Promise<unknown>
}

/**
 * Makes sure that the installation's administrator exists; run it at every start.
 *
 * The password counts only when the account is made: whoever changed it later keeps theirs.
 */
export async function ensureAdmin(
  parts: AdminParts,
  admin: { email: string; password: string },
): Promise<{ userId: string; created: boolean }> {
  const { person, created } = await parts.signIn.ensureAccount({ ...admin, name: "Administrator" })
  await parts.ensurePersonalOrganization(person)
  await parts.db.asPlatform((tx) => makePlatformAdmin(tx, person.id))
  return { userId: person.id, created }
}
