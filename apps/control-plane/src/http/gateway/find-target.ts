import type { Clock } from "@vibecaas/kernel/clock"
import type { Previews, PreviewTarget } from "./previews.ts"

export interface TargetLookup {
  find(slug: string): Promise<PreviewTarget | undefined>
  forget(slug: string): void
}

/** How long a project's visibility may be out of date where nobody called `forget`, in `ms`. */
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
      known.delete(slug)
      known.set(slug, { target, until: now + rememberMs })
      target.catch(() => known.delete(slug))
      if (known.size > rememberedMax) known.delete(known.keys().next().value ?? "")
      return target
    },
    forget: (slug) => known.delete(slug),
  }
}
