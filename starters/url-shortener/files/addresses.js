// Which addresses may be shortened, and which names short links may have.

const urlCharsMax = 2000
export const aliasPattern = /^[a-z0-9][a-z0-9_-]{1,39}$/i

/** Names that the app needs for itself. */
const reserved = new Set(["owner", "links", "made", "fonts", "api", "admin", "static", "favicon"])

/**
 * The address as it is kept, or what is wrong with it. Only the web is allowed: an address with
 * another scheme could run a script or open a program at whoever follows the link.
 * @param ownHost where the app itself is reached; a link to it could lead around in circles
 * @returns `{ url }` or `{ says }`
 */
export function readAddress(text, ownHost) {
  const typed = text.trim()
  if (!typed) return { says: "Paste the long address." }
  if (typed.length > urlCharsMax) return { says: `Use at most ${urlCharsMax} characters.` }
  if (/[\s\p{Cc}<>"\\]/u.test(typed))
    return { says: 'An address has no spaces and no signs such as < or ".' }
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d)/i.exec(typed)?.[1].toLowerCase()
  if (scheme && scheme !== "http" && scheme !== "https")
    return { says: `Only http and https are safe to follow, not ${scheme}.` }
  const parsed = URL.parse(scheme ? typed : `https://${typed}`)
  if (!parsed?.hostname.includes(".") || parsed.hostname.startsWith("."))
    return { says: "This is not an address of the web, such as https://example.org/page." }
  if (parsed.username || parsed.password)
    return { says: "An address must not hold a name or a password." }
  if (parsed.host === ownHost) return { says: "This address is a short one already." }
  return { url: parsed.href }
}

/** What is wrong with a name that somebody wishes; nothing when it is fine or left open. */
export function aliasMistake(alias) {
  if (alias === "") return undefined
  if (!aliasPattern.test(alias))
    return "Use 2 to 40 letters, digits, - or _, and begin with a letter or a digit."
  return reserved.has(alias.toLowerCase()) && "The app needs this name for itself."
}
