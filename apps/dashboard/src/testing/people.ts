import type { Me, Organization } from "@vibecaas/contract/kinds/tenants"
import { permissionsOf } from "@vibecaas/contract/permissions"
import type { Role } from "@vibecaas/contract/roles"
import { at, id } from "./numbered.ts"

/** Somebody with their own organization, and with others if they are given. */
export function mara(others: readonly Organization[] = []): Me {
  return {
    id: "usr_01k9x3v8hde8r8z6h3gk5c2v9w",
    email: "mara@example.com",
    name: "Mara Halden",
    platformAdmin: false,
    impersonated: null,
    organizations: [{ ...organization("Mara Halden", "owner"), personal: true }, ...others],
    grants: [],
  }
}

let made = 0

export function organization(name: string, role: Role): Organization {
  made += 1
  return {
    id: id("org", made),
    name,
    slug: name.toLowerCase().replaceAll(" ", "-"),
    personal: false,
    role,
    permissions: permissionsOf(role),
    plan: "starter",
    members: 1,
    state: "present",
    disabled: null,
    version: 1,
    createdAt: at,
  }
}
