import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query"
import type { JsonReply, RouteReply, RouteRequest } from "@vibecaas/contract/route"
import type { RouteName, Routes } from "@vibecaas/contract/routes"
import { call } from "./call.ts"

type GetRoute = Extract<RouteName, `GET ${string}`>

/** Rows of the contract's table that only read, and answer no file. */
export type ReadRoute = {
  [N in GetRoute]: Routes[N]["reply"] extends JsonReply ? N : never
}[GetRoute]

/** Of these, the ones that answer page by page. */
export type PagedRoute = {
  [N in ReadRoute]: RouteReply<Routes[N]> extends { items: unknown[]; nextCursor: string | null }
    ? N
    : never
}[ReadRoute]

export type Request<N extends RouteName> = RouteRequest<Routes[N]>
type Reply<N extends RouteName> = RouteReply<Routes[N]>
export type ItemOf<N extends PagedRoute> = Reply<N> extends { items: (infer Item)[] } ? Item : never

/** What may be left out where nothing has to be said. */
type Asked<N extends RouteName> =
  object extends Request<N> ? [request?: Request<N>] : [request: Request<N>]

/**
 * What a route answers, kept under the key `[route, request]`.
 *
 * @example useQuery(read("GET /projects/{projectId}", { params: { projectId } }))
 */
export function read<N extends ReadRoute>(route: N, ...asked: Asked<N>) {
  const [request = {} as Request<N>] = asked // the parts of a request that may be left out are all
  return queryOptions({
    queryKey: [route, request] as const,
    queryFn: ({ signal }) => call(route, request, { signal }),
  })
}

/** The same page by page, kept as a list of pages under `[route, request, "pages"]`. */
export function readPages<N extends PagedRoute>(route: N, request: Request<N>) {
  return infiniteQueryOptions({
    queryKey: [route, request, "pages"] as const,
    queryFn: ({ signal, pageParam }) => call(route, after(request, pageParam), { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor ?? undefined,
  })
}

/** All items of the first pages as one list, kept under `[route, request, "all"]`. */
export function readAll<N extends PagedRoute>(route: N, request: Request<N>, pagesMax: number) {
  return {
    queryKey: [route, request, "all"] as const,
    async read(signal: AbortSignal): Promise<ItemOf<N>[]> {
      const items: ItemOf<N>[] = []
      let cursor: string | undefined
      for (let page = 0; page < pagesMax; page += 1) {
        const answer = pageOf(await call(route, after(request, cursor), { signal }))
        items.push(...(answer.items as ItemOf<N>[])) // `PagedRoute` has only routes with items
        if (!answer.nextCursor) break
        cursor = answer.nextCursor
      }
      return items
    },
  }
}

function pageOf(answer: unknown) {
  return answer as { items: unknown[]; nextCursor: string | null } // so `PagedRoute` says
}

function after<N extends PagedRoute>(request: Request<N>, cursor: string | undefined): Request<N> {
  return cursor ? { ...request, query: { ...request.query, cursor } } : request
}
