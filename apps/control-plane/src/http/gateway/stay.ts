import type { GatewayParts, Visit } from "./exchange.ts"
import { watchRight } from "./watch.ts"

/**
 * Ends a long exchange when its visitor may not look any more: signed out, not a member any more,
 * or the preview was made private or deleted meanwhile.
 */
export function endWhenUnwelcome(
  parts: GatewayParts,
  visit: Pick<Visit, "target" | "viewer">,
  exchange: { signal: AbortSignal; end(): void },
): void {
  watchRight(parts.clock, {
    ms: parts.limits.recheckMs,
    signal: exchange.signal,
    still: () => mayStay(parts, visit),
    lost: exchange.end,
  })
}

async function mayStay(
  { previews }: GatewayParts,
  { target, viewer }: Pick<Visit, "target" | "viewer">,
): Promise<boolean> {
  try {
    const now = await previews.find(target.slug)
    if (now?.projectId !== target.projectId) return false
    if (now.preview === "public") return true
    return viewer !== undefined && (await previews.maySee(target, viewer))
  } catch {
    // While nobody can be asked, only what was open to everybody stays so.
    return target.preview === "public"
  }
}
