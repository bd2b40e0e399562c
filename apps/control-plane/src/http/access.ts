import type { ObjectName } from "@vibecaas/contract/kinds"
import { type Permission, roleCan } from "@vibecaas/contract/permissions"
import { type AccessLevel, levelCan } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import type { Access } from "@vibecaas/contract/routes"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import type { Principal } from "../core/kind.ts"
import type { Place } from "../db/named-functions.ts"
import { sameNotFound } from "./problems.ts"
import type { ParsedInput } from "./route-input.ts"

/** Somebody may not do what they asked for, in an organization that is theirs. */
export interface Denial {
  place: Place
  /** id of what the call is about */
  subject: string
  permission: Permission
}

/** Finds where an object is, without telling anything else about it. */
export type FindPlace = (object: ObjectName, id: string) => Promise<Place | undefined>

/** Where a request may act, and as what. */
export interface Granted {
  organizationId: string
  role: Role
}

type ScopedAccess = Extract<Access, { by: "organization" | "object" }>
interface ScopedRoute {
  keepsToProjects?: boolean | undefined
  whenHidden?: boolean | undefined
  access: ScopedAccess
}

/**
 * Resolves which organization a call is about and whether the caller may make it.
 *
 * @throws Fault `not_found` when the object does not exist, belongs to strangers or lies outside of
 * what a key is limited to, `access_needed` to members who do not see the project, `forbidden` when the
 * caller's role, what was shared with them, or their key does not suffice
 */
export async function grantAccess(
  { access, keepsToProjects, whenHidden }: ScopedRoute,
  who: { principal: Principal; findPlace: FindPlace; denied(denial: Denial): Promise<void> },
  input: ParsedInput,
): Promise<Granted> {
  const { principal } = who
  const place = await placeOf(access, who, input)
  const standing = standingIn(principal, place, keepsToProjects)
  if (!standing || (access.by === "object" && isElsewhere(principal, place))) {
    throw sameNotFound(access.by === "object" ? access.object : "organization")
  }
  if (standing.closed) throw closed()
  const refusal = refusalOf({ principal, standing, place }, { access, keepsToProjects, whenHidden })
  if (refusal) {
    const { permission } = access
    const subject = access.by === "object" ? named(input, access.from) : place.organizationId
    await who.denied({ place, permission, subject: subject ?? place.organizationId })
    throw refusal
  }
  return { organizationId: place.organizationId, role: standing.role }
}

/** What somebody is to a place. */
interface Standing {
  /** a guest's is what a member's would be who may do as much */
  role: Role
  /** a member who does not see this project */
  hidden: boolean
  /** nothing of the organization opens */
  closed: boolean
  /** no member: the level is all they have */
  guest: boolean
  level: AccessLevel | undefined
}

function standingIn(
  { memberships, grants = [] }: Principal,
  { organizationId, projectId }: Place,
  keepsToProjects?: boolean,
): Standing | undefined {
  const member = memberships.find((each) => each.organizationId === organizationId)
  const theirs = grants.filter((grant) => grant.organizationId === organizationId)
  const level = theirs.find((grant) => grant.projectId === projectId)?.level
  if (member) {
    const hidden = !level && projectId !== null && (member.hidden?.includes(projectId) ?? false)
    return { role: member.role, hidden, closed: member.closed === true, guest: false, level }
  }
  const as = { hidden: false, closed: theirs.some((grant) => grant.closed), guest: true }
  if (level) return { ...as, role: level === "see" ? "viewer" : "developer", level }
  const some = projectId === null && keepsToProjects && theirs.length > 0
  return some ? { ...as, role: "viewer", level: "see" } : undefined
}

function mayAs(principal: Principal, { role, guest, level }: Standing, permission: Permission) {
  if (level && levelCan(level, permission)) return true
  return !guest && may(principal, role, permission)
}

function refusalOf(
  { principal, standing, place }: { principal: Principal; standing: Standing; place: Place },
  { access: { permission }, keepsToProjects, whenHidden }: ScopedRoute,
): Fault | undefined {
  if (standing.hidden && !whenHidden) return accessNeeded()
  if (!mayAs(principal, standing, permission)) return mayNot(principal, standing, permission)
  const isOutside = place.projectId === null && isLimited(principal) && !keepsToProjects
  return isOutside ? limited() : undefined
}

/** Whether a person of a role may do something, or a key that was given it. */
export function may({ key }: Principal, role: Role, permission: Permission): boolean {
  return roleCan(role, permission) && (!key || key.permissions.includes(permission))
}

/** Whether somebody may hear of an object at all: its organization is theirs, and it is in their key's limits. */
export function mayHear(principal: Principal, place: Place, permission: Permission): boolean {
  const standing = standingIn(principal, place)
  if (!standing || standing.hidden || standing.closed || !mayAs(principal, standing, permission))
    return false
  return !isLimited(principal) || (place.projectId !== null && !isElsewhere(principal, place))
}

/** A key that was given some projects only. */
export const isLimited = ({ key }: Principal) => key !== undefined && key.projects !== null

/** In another project than those that a key is limited to. */
function isElsewhere({ key }: Principal, { projectId }: Place): boolean {
  if (!key || key.projects === null || projectId === null) return false
  return !key.projects.includes(projectId)
}

async function placeOf(
  access: ScopedAccess,
  who: { principal: Principal; findPlace: FindPlace },
  input: ParsedInput,
): Promise<Place> {
  if (access.by === "organization") {
    const organizationId = named(input, "organizationId") ?? who.principal.personalOrganizationId
    return { organizationId, projectId: null }
  }
  const place = await placeOfNamed(access, who.findPlace, input)
  for (const outer of access.within ?? []) {
    const around = await placeOfNamed(outer, who.findPlace, input)
    if (around.organizationId !== place.organizationId) throw sameNotFound(outer.object)
    if (isElsewhere(who.principal, around)) throw sameNotFound(outer.object)
    if (standingIn(who.principal, around)?.hidden) throw accessNeeded()
  }
  return place
}

export function roleIn(principal: Principal, organizationId: string) {
  return principal.memberships.find((member) => member.organizationId === organizationId)?.role
}

function mayNot({ key }: Principal, { role, guest }: Standing, permission: Permission): Fault {
  const person = guest
    ? "What was shared with you in this project does not allow this."
    : `Your role here, ${role}, does not allow this.`
  const say = key ? `This API key does not allow this: it lacks ${permission}.` : person
  return fault("forbidden", { say })
}

function closed(): Fault {
  const say = "Whoever runs this installation disabled the organization. What it has is kept."
  return fault("forbidden", { say })
}

/** Members may know that a project of their organization is there; strangers get what is not found. */
function accessNeeded(): Fault {
  const say = "Only some people of the organization see this project. Ask for access to it."
  return fault("access_needed", { say })
}

function limited(): Fault {
  const say = "This API key is limited to some projects, and this call is about no one project."
  return fault("forbidden", { say })
}

async function placeOfNamed(
  { object, from }: { object: ObjectName; from: string },
  findPlace: FindPlace,
  input: ParsedInput,
): Promise<Place> {
  const id = named(input, from)
  const place = id === undefined ? undefined : await findPlace(object, id)
  if (place === undefined) throw sameNotFound(object)
  return place
}

function named({ params, body, query }: ParsedInput, name: string): string | undefined {
  const id = fieldOf(params, name) ?? fieldOf(body, name) ?? fieldOf(query, name)
  return typeof id === "string" ? id : undefined
}

function fieldOf(part: unknown, name: string): unknown {
  if (typeof part !== "object" || part === null) return undefined
  return (part as Record<string, unknown>)[name] // any object can be read by key
}
