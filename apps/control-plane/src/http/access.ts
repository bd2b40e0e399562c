import type { ObjectName } from "@vibecaas/contract/kinds"
import { type Permission, roleCan } from "@vibecaas/contract/permissions"
import type { Role } from "@vibecaas/contract/roles"
import type { Access } from "@vibecaas/contract/routes"
import { fault } from "@vibecaas/kernel/fault"
import type { Principal } from "../core/kind.ts"
import { sameNotFound } from "./problems.ts"
import type { ParsedInput } from "./route-input.ts"

/** Finds the organization that owns an object, without telling anything else about it. */
export type FindOwner = (object: ObjectName, id: string) => Promise<string | undefined>

/** Where a request may act, and as what. */
export interface Granted {
  organizationId: string
  role: Role
}

type ScopedAccess = Extract<Access, { by: "organization" | "object" }>

/**
 * Resolves which organization a call is about and whether the caller may make it.
 *
 * @throws Fault `not_found` when the object does not exist or belongs to strangers, `forbidden`
 * when the caller is a member whose role does not suffice
 */
export async function grantAccess(
  access: ScopedAccess,
  who: { principal: Principal; findOwner: FindOwner },
  input: ParsedInput,
): Promise<Granted> {
  const organizationId = await organizationOf(access, who, input)
  const role = roleIn(who.principal, organizationId)
  if (role === undefined) {
    throw sameNotFound(access.by === "object" ? access.object : "organization")
  }
  assertPermission(role, access.permission)
  return { organizationId, role }
}

async function organizationOf(
  access: ScopedAccess,
  who: { principal: Principal; findOwner: FindOwner },
  input: ParsedInput,
): Promise<string> {
  if (access.by === "organization") {
    return named(input, "organizationId") ?? who.principal.personalOrganizationId
  }
  const owner = await ownerOfNamed(access, who.findOwner, input)
  for (const outer of access.within ?? []) {
    if ((await ownerOfNamed(outer, who.findOwner, input)) !== owner)
      throw sameNotFound(outer.object)
  }
  return owner
}

export function roleIn(principal: Principal, organizationId: string) {
  return principal.memberships.find((member) => member.organizationId === organizationId)?.role
}

function assertPermission(role: Role, permission: Permission): void {
  if (roleCan(role, permission)) return
  throw fault("forbidden", { say: `Your role here, ${role}, does not allow this.` })
}

async function ownerOfNamed(
  { object, from }: { object: ObjectName; from: string },
  findOwner: FindOwner,
  input: ParsedInput,
): Promise<string> {
  const id = named(input, from)
  const owner = id === undefined ? undefined : await findOwner(object, id)
  if (owner === undefined) throw sameNotFound(object)
  return owner
}

function named({ params, body, query }: ParsedInput, name: string): string | undefined {
  const id = fieldOf(params, name) ?? fieldOf(body, name) ?? fieldOf(query, name)
  return typeof id === "string" ? id : undefined
}

function fieldOf(part: unknown, name: string): unknown {
  if (typeof part !== "object" || part === null) return undefined
  return (part as Record<string, unknown>)[name] // any object can be read by key
}
