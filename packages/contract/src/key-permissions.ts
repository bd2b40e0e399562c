import type { KeyPreset } from "./kinds/keys.ts"
import { type Permission, permissionsOf } from "./permissions.ts"
import type { Role } from "./roles.ts"
import { takesKey } from "./route.ts"
import { type RouteTable, routes } from "./routes.ts"

const table: RouteTable = routes

/** What each permission that an API key can have opens: the summaries of its calls. */
export const callsOf: ReadonlyMap<Permission, readonly string[]> = collect()

function collect(): Map<Permission, string[]> {
  const found = new Map<Permission, string[]>()
  for (const route of Object.values(table)) {
    if (!takesKey(route) || !("permission" in route.access)) continue
    const { permission } = route.access
    found.set(permission, [...(found.get(permission) ?? []), route.summary])
  }
  return found
}

/** What somebody of a role can allow an API key: never more than the role has. */
export function grantable(role: Role): Permission[] {
  return permissionsOf(role).filter((permission) => callsOf.has(permission))
}

/** The ready-made sets as far as a role has them. */
export function presetsOf(role: Role): Record<KeyPreset, Permission[]> {
  const own = grantable(role)
  const of = (other: Role) => grantable(other).filter((permission) => own.includes(permission))
  return { read: of("viewer"), build: of("developer"), full: own }
}
