import type { Clock } from "@vibecaas/kernel/clock"
import { LRUCache } from "lru-cache"
import type { HostResolver, Site } from "./site.ts"

export interface SiteLookup {
  find(host: string): Promise<Site | undefined>
  /** what was known of a host, or of all hosts, may have changed */
  forget(host: string | "all"): void
}

/** How long what is known of a host may be out of date while news cannot be heard, in `ms`. */
const rememberMs = 1000
const rememberedMax = 5000

/**
 * Remembers for a moment which site a host has, also that it has none. Answers are kept as promises:
 * who asks meanwhile shares one, and one that news have overtaken is not found again.
 */
export function findSite(resolvers: readonly HostResolver[], clock: Clock): SiteLookup {
  const known = new LRUCache<string, Promise<Site | undefined>>({
    max: rememberedMax,
    ttl: rememberMs,
    ttlResolution: 0,
    perf: { now: () => clock.now().getTime() },
  })
  return {
    find(host) {
      const kept = known.get(host)
      if (kept) return kept
      const asked = askAll(resolvers, host)
      known.set(host, asked)
      asked.catch(() => known.peek(host) === asked && known.delete(host))
      return asked
    },
    forget(host) {
      if (host === "all") known.clear()
      else known.delete(host)
    },
  }
}

/** The first that knows it: a host is one row, so at most one does. */
export async function askAll(
  resolvers: readonly HostResolver[],
  host: string,
): Promise<Site | undefined> {
  for (const resolver of resolvers) {
    const site = await resolver.find(host)
    if (site) return site
  }
  return undefined
}

export const isSameSite = (one: Site, other: Site | undefined): boolean =>
  other !== undefined && keyOf(one) === keyOf(other)

/** Names what is kept for a site, apart from all others'. */
export const keyOf = ({ ref }: Site): string => `${ref.kind} ${ref.id} ${ref.part ?? ""}`
