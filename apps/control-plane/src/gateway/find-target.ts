import type { Clock } from "@vibecaas/kernel/clock"
import { keepNewest } from "../http/keep-newest.ts"
import type { Previews, PreviewTarget } from "./previews.ts"

export interface TargetLookup {
  find(slug: string): Promise<PreviewTarget | undefined>
  /** what was known of a name, or of all names, may have changed */
  forget(slug: string | "all"): void
}

/** How long what is known of a name may be out of date while news cannot be heard, in `ms`. */
const rememberMs = 1000
const rememberedMax = 5000

/** Remembers for a moment which project has a name, also that none has; asks once at a time. */
export function findTarget(previews: Pick<Previews, "find">, clock: Clock): TargetLookup {
  const known = new Map<string, { target: Promise<PreviewTarget | undefined>; until: number }>()
  return {
    find(slug) {
      const now = clock.now().getTime()
      const kept = known.get(slug)
      if (kept && kept.until > now) return kept.target
      const target = previews.find(slug)
      keepNewest(known, [slug, { target, until: now + rememberMs }], rememberedMax)
      target.catch(() => known.delete(slug))
      return target
    },
    forget(slug) {
      if (slug === "all") known.clear()
      else known.delete(slug)
    },
  }
}
