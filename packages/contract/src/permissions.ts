import { kinds } from "./kinds.ts"
import { merged } from "./merged.ts"
import type { Role } from "./roles.ts"

const declared = merged(kinds, "may")
export type Permission = keyof typeof declared

/** Which roles have a permission: the one list that the server and the matrix test read. */
export const can: Readonly<Record<Permission, readonly Role[]>> = declared

export function roleCan(role: Role, permission: Permission): boolean {
  return can[permission].includes(role)
}

/** All that a role may do. */
export function permissionsOf(role: Role): Permission[] {
  // Keys of the record above.
  return (Object.keys(can) as Permission[]).filter((permission) => roleCan(role, permission))
}
