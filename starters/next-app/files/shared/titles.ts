// How pages are called in addresses, and how they name each other.

const slugMax = 60

/** A title as part of an address: small letters, digits and hyphens. */
export function slugOf(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").toLowerCase()
  const slug = (plain.match(/[a-z0-9]+/g) ?? []).join("-").slice(0, slugMax).replace(/-$/, "")
  return slug || `page-${numberOf(title.trim())}`
}

/** A title of other letters is known by a number made of them (FNV-1a). */
function numberOf(text: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(36)
}

const link = /\[\[([^[\]\n]{1,120})\]\]/g

/** The titles that a text names as [[title]], each once. */
export const linksIn = (text: string): string[] => [
  ...new Set([...text.matchAll(link)].map(([, title = ""]) => title.trim())),
]

/**
 * The text with its [[titles]] as links of Markdown.
 * @param isThere which pages are written; links to others lead to where they can be
 */
export const withLinks = (text: string, isThere: (slug: string) => boolean): string =>
  text.replace(link, (_, said: string) => {
    const title = said.trim()
    const slug = slugOf(title)
    const href = isThere(slug) ? `/p/${slug}` : `/new?title=${encodeURIComponent(title)}`
    return `[${title.replace(/[\\*_`<>]/g, "\\$&")}](${href.replace(/[()]/g, encodeURIComponent)})`
  })
