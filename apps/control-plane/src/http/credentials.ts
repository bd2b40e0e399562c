import type { IncomingHttpHeaders } from "node:http"
import { takesKey } from "@vibecaas/contract/route"
import type { Route } from "@vibecaas/contract/routes"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import type { Principal } from "../core/kind.ts"
import type { Principals } from "./auth/remembered.ts"
import type { Sessions } from "./auth/sessions.ts"

/** What a call shows to say who makes it. */
export type Credentials = { cookie: string | undefined } | { apiKey: string }

/** An API key counts before a cookie: it was sent on purpose. */
export function shownIn(headers: IncomingHttpHeaders, route?: Route): Credentials {
  const apiKey = keyIn(headers) ?? (route?.keyAsPassword ? passwordIn(headers) : undefined)
  return apiKey === undefined ? { cookie: headers.cookie } : { apiKey }
}

/** An API key counts only where the row takes one. */
export const credentialsOf = (route: Route, headers: IncomingHttpHeaders): Credentials =>
  takesKey(route) ? shownIn(headers, route) : { cookie: headers.cookie }

/** Who shows it; without `keys` no API key is known. */
export async function findPrincipal(
  known: { sessions: Pick<Sessions, "find">; keys?: Pick<Principals, "find"> },
  credentials: Credentials,
): Promise<Principal | undefined> {
  if ("apiKey" in credentials) return known.keys?.find(credentials.apiKey)
  return known.sessions.find(credentials.cookie)
}

/** Says what would let the call in. */
export function unauthenticated(route: Route, headers: IncomingHttpHeaders): Fault {
  const wrongKey = takesKey(route)
    ? "That API key is not known here, or it was revoked."
    : "This call takes no API key. Sign in first."
  const say = keyIn(headers) === undefined ? "Sign in first." : wrongKey
  return fault("unauthenticated", { say })
}

/** How a client that was refused is asked for one: browsers would ask people, so only what git calls says so. */
export const challengeOf = (route: Route | undefined): string =>
  route?.keyAsPassword ? 'Basic realm="VibeCaaS: an API key as the password"' : "Bearer"

function passwordIn({ authorization }: IncomingHttpHeaders): string | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? "")?.[1]
  if (encoded === undefined) return undefined
  const pair = Buffer.from(encoded, "base64").toString()
  return pair.slice(pair.indexOf(":") + 1)
}

/** The API key that a request sends, of whatever form. */
function keyIn({ authorization }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1]
}
