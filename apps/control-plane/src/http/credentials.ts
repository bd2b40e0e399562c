import type { IncomingHttpHeaders } from "node:http"
import type { Route } from "@vibecaas/contract/routes"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import type { Principal } from "../core/kind.ts"

/** What a call shows to say who makes it. */
export type Credentials = { cookie: string | undefined } | { apiKey: string }

/** Finds whom an API key stands for; undefined for one that is unknown or was revoked. */
export type FindByKey = (apiKey: string) => Promise<Principal | undefined>

/** An API key counts where the row takes one, and then before a cookie: it was sent on purpose. */
export function credentialsOf(route: Route, headers: IncomingHttpHeaders): Credentials {
  const apiKey = route.apiKey ? keyIn(headers) : undefined
  return apiKey === undefined ? { cookie: headers.cookie } : { apiKey }
}

/** Says what would let the call in. */
export function unauthenticated(route: Route, headers: IncomingHttpHeaders): Fault {
  const wrongKey = route.apiKey
    ? "That API key is not known here, or it was revoked."
    : "This call takes no API key. Sign in first."
  const say = keyIn(headers) === undefined ? "Sign in first." : wrongKey
  return fault("unauthenticated", { say })
}

function keyIn({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1]
}
