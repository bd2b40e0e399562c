import { type Permission, type Role, roleCan } from "@vibecaas/contract/permissions"
import type { Access, ObjectName } from "@vibecaas/contract/route"
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
  const noun = access.by === "object" ? access.object : "organization"
  const organizationId =
    access.by === "object"
      ? await ownerOfNamed(access.object, who.findOwner, input)
      : (organizationNamed(input) ?? who.principal.personalOrganizationId)
  const role = roleIn(who.principal, organizationId)
  if (organizationId === undefined || role === undefined) throw sameNotFound(noun)
  assertPermission(role, access.permission)
  return { organizationId, role }
}

export function roleIn(principal: Principal, organizationId: string | undefined) {
  return principal.memberships.find((member) => member.organizationId === organizationId)?.role
}

function assertPermission(role: Role, permission: Permission): void {
  if (roleCan(role, permission)) return
  throw fault("forbidden", { say: `Your role here, ${role}, does not allow this.` })
}

function ownerOfNamed(object: ObjectName, findOwner: FindOwner, input: ParsedInput) {
  const id = Object.values(input.params ?? {})[0] ?? named(input, `${object}Id`)
  if (typeof id !== "string") throw sameNotFound(object)
  return findOwner(object, id)
}

function organizationNamed(input: ParsedInput): string | undefined {
  const id = named(input, "organizationId")
  return typeof id === "string" ? id : undefined
}

function named(input: ParsedInput, name: string): unknown {
  return fieldOf(input.body, name) ?? fieldOf(input.query, name)
}

function fieldOf(part: unknown, name: string): unknown {
  if (typeof part !== "object" || part === null) return undefined
  return (part as Record<string, unknown>)[name] // any object can be read by key
}
