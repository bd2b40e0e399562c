import type { PageNode, Right } from "../kind.ts"

/** A page of an organization as it is at one address. */
export interface PageHere {
  page: PageNode
  /** what stands in the address for each `{name}` */
  params: Record<string, string>
  href: string
}

const byPlace = (a: PageNode, b: PageNode) => a.place - b.place
const partsOf = (at: string) => at.split("/").filter(Boolean)
const isParameter = (part: string) => part.startsWith("{")

/** The pages that have no other above them and somebody may see, in their order: the main navigation. */
export function mainPages(pages: readonly PageNode[], can: (right: Right) => boolean): PageNode[] {
  return pages
    .filter(({ at, needs }) => partsOf(at).length === 1 && (!needs || can(needs)))
    .sort(byPlace)
}

/** Pages right below one, in their order: the tabs of an object. */
export function pagesBelow(pages: readonly PageNode[], parent: string): PageNode[] {
  return pages
    .filter(({ at, first }) => (first ? at === parent : parentOf(at) === parent))
    .sort(byPlace)
}

function parentOf(at: string): string {
  return at.slice(0, at.lastIndexOf("/"))
}

/** The pages on the way to an address below the organization's, outermost first. */
export function trailTo(pages: readonly PageNode[], address: string): PageHere[] {
  const parts = partsOf(address)
  const trail: PageHere[] = []
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const page = pages.find(({ at, first }) => !first && fits(partsOf(at), parts.slice(0, depth)))
    if (!page) break
    trail.push({
      page,
      params: paramsIn(page.at, parts),
      href: `/${parts.slice(0, depth).join("/")}`,
    })
  }
  return trail
}

function fits(at: readonly string[], parts: readonly string[]): boolean {
  return (
    at.length === parts.length &&
    at.every((part, index) => isParameter(part) || part === parts[index])
  )
}

function paramsIn(at: string, parts: readonly string[]): Record<string, string> {
  const entries = partsOf(at).flatMap((part, index) =>
    isParameter(part) ? [[part.slice(1, -1), decodeURIComponent(parts[index] ?? "")]] : [],
  )
  return Object.fromEntries(entries)
}

/** A page's address below the organization's. */
export function hrefOf({ at }: PageNode, params: Record<string, string> = {}): string {
  return at.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ""))
}
