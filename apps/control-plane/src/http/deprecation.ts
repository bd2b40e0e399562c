import type { Deprecation } from "@vibecaas/contract/route"

/** `Deprecation` (RFC 9745) and `Sunset` (RFC 8594): what programs read before a route goes. */
export function deprecationHeaders(deprecated: Deprecation | undefined): Record<string, string> {
  if (!deprecated) return {}
  const { since, sunset } = deprecated
  return {
    deprecation: `@${new Date(since).getTime() / 1000}`,
    ...(sunset === undefined ? {} : { sunset: new Date(sunset).toUTCString() }),
  }
}
