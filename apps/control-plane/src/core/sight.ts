import type { Principal } from "./kind.ts"

/** Projects of an organization that somebody does not see, though they are a member. */
export function hiddenFrom(
  { memberships, grants = [] }: Principal,
  organizationId: string,
): readonly string[] {
  const member = memberships.find((each) => each.organizationId === organizationId)
  return (member?.hidden ?? []).filter((id) => !grants.some(({ projectId }) => projectId === id))
}

/** The only projects of an organization that somebody sees; undefined: all that are not hidden. */
export function onlySeenBy(
  { key, memberships, grants = [] }: Principal,
  organizationId: string,
): readonly string[] | undefined {
  if (key?.projects) return key.projects
  if (memberships.some((each) => each.organizationId === organizationId)) return undefined
  const theirs = grants.filter((grant) => grant.organizationId === organizationId)
  return theirs.map(({ projectId }) => projectId)
}
