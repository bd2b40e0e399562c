// Knows a browser again by a random cookie: one browser, one vote.
import { randomBytes } from "node:crypto"

const name = "visitor"

/** The browser's mark, or nothing when it has none yet. */
export function knownVisitor(visit) {
  const mark = visit.cookie(name)
  return /^[\w-]{22}$/.test(mark ?? "") ? mark : undefined
}

/** The browser's mark; it gets one when it has none. */
export function visitorOf(visit) {
  const known = knownVisitor(visit)
  if (known) return known
  const mark = randomBytes(16).toString("base64url")
  visit.setCookie(name, mark, 365)
  return mark
}
