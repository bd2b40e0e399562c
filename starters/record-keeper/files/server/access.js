// Who may see and change what. A list without a word on it is for everybody.
import { Refusal } from "./http.js"

const ranks = { everybody: 0, signed_in: 1, owner: 2 }

/** Whether anything in the app asks who somebody is. */
export function needsAccounts(spec) {
  return spec.entities.some(({ access }) => access && ranks[access.read] + ranks[access.write] > 0)
}

/** Whether people may make accounts of their own: something is for whoever has one. */
export function takesMembers(spec) {
  return spec.entities.some(
    ({ access }) => access && [access.read, access.write].includes("signed_in"),
  )
}

/** What somebody may do; `who` is undefined for whoever is not signed in. */
export function rightsOf(who) {
  const rank = who ? (who.isOwner ? 2 : 1) : 0
  const allowed = (entity, what) => rank >= ranks[entity.access?.[what] ?? "everybody"]
  return {
    read: (entity) => allowed(entity, "read"),
    /** adding a record needs no right to see the others */
    add: (entity) => allowed(entity, "write"),
    change: (entity) => allowed(entity, "read") && allowed(entity, "write"),
  }
}

/** @throws Refusal 401 for whoever could sign in, 403 for whoever did */
export function need({ may, who }, entity, what) {
  if (may[what](entity)) return
  const list = entity.labelPlural.toLowerCase()
  if (!who) throw new Refusal(401, `Sign in to see or change ${list}.`)
  throw new Refusal(403, `Only the owner of this app may do that with ${list}.`)
}
