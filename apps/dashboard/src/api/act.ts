import { mutationOptions, type QueryKey } from "@tanstack/react-query"
import type { RouteReply } from "@vibecaas/contract/route"
import type { RouteName, Routes } from "@vibecaas/contract/routes"
import { call, newIdempotencyKey } from "./call.ts"
import type { ReadRoute, Request } from "./read.ts"
import { readAgain, type Touch } from "./touch.ts"

/** Rows of the contract's table that change something. */
export type WriteRoute = Exclude<RouteName, ReadRoute>

/** What is sent: the parts of the request, and the version that a change is based on. */
export type Sent<N extends RouteName> = Request<N> & {
  ifMatch?: Routes[N] extends { ifMatch: "commit" } ? string : number
}

interface ActOptions<N extends WriteRoute> {
  /** what is read again afterwards, also when it was refused: something newer may be why */
  renews?: readonly Touch[] | ((sent: Sent<N>) => readonly Touch[])
  /** the read that the answer is put in place of */
  answers?: (reply: RouteReply<Routes[N]>, sent: Sent<N>) => { queryKey: QueryKey }
  /** sent again with the same content it acts once; for routes that are `idempotent` */
  once?: boolean
}

/**
 * A change, and what it makes of what was read.
 *
 * @example useMutation(act("DELETE /projects/{projectId}", { renews: ["GET /projects"] }))
 */
export function act<N extends WriteRoute>(route: N, options: ActOptions<N> = {}) {
  const { renews = [], answers, once } = options
  return mutationOptions({
    mutationKey: [route],
    mutationFn: async (sent: Sent<N>, { client }) => {
      try {
        const reply = await send(route, sent, once === true)
        if (answers) client.setQueryData(answers(reply, sent).queryKey, reply)
        return reply
      } finally {
        for (const touch of typeof renews === "function" ? renews(sent) : renews)
          readAgain(client, touch)
      }
    },
  })
}

async function send<N extends WriteRoute>(route: N, sent: Sent<N>, once: boolean) {
  const { ifMatch, ...request } = sent
  const wish = once ? wishFor(route, request) : undefined
  const reply = await call(route, request as unknown as Request<N>, {
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(wish ? { idempotencyKey: wish.key } : {}),
  })
  wishes.delete(route)
  return reply
}

/** The last wish per route that was not granted yet: asked for again, it keeps its key. */
const wishes = new Map<string, { text: string; key: string }>()

function wishFor(route: string, request: unknown) {
  const text = JSON.stringify(request)
  const known = wishes.get(route)
  if (known?.text === text) return known
  const wish = { text, key: newIdempotencyKey() }
  wishes.set(route, wish)
  return wish
}
