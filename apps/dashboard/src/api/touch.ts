import type { Query, QueryClient } from "@tanstack/react-query"
import type { ReadRoute } from "./read.ts"

/**
 * Reads that a change concerns: all of a route, those of one object, or with `/*` also everything
 * below that object.
 *
 * @example touches: "GET /projects", ["GET /projects/{projectId}/*", { projectId }]
 */
export type Touch = ReadRoute | readonly [ReadRoute | `${ReadRoute}/*`, Record<string, string>]

/** Whether what was kept under a key is concerned. */
export function touches(touch: Touch, key: readonly unknown[]): boolean {
  const [route, request] = key
  if (typeof route !== "string") return false
  if (typeof touch === "string") return route === touch
  const [wanted, params] = touch
  const root = wanted.replace(/\/\*$/, "")
  const named = route === root || (wanted !== root && route.startsWith(`${root}/`))
  return named && Object.entries(params).every(([name, value]) => said(request, name) === value)
}

/** A parameter of the path or, as in `GET /agents/runs?projectId=…`, of the query. */
function said(request: unknown, name: string): unknown {
  const { params, query } = (request ?? {}) as Record<string, Record<string, unknown> | undefined> // a `Request`
  return params?.[name] ?? query?.[name]
}

const concerned = (touch: Touch) => ({
  predicate: ({ queryKey }: Query) => touches(touch, queryKey),
})

/** Reads again what is on the screen of it; the rest once it is. */
export function readAgain(client: QueryClient, touch: Touch): void {
  void client.invalidateQueries(concerned(touch))
}

export function isReading(client: QueryClient, touch: Touch): boolean {
  return client.isFetching(concerned(touch)) > 0
}
