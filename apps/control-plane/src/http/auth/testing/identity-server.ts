import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import Provider from "oidc-provider"
import type { ProviderSettings } from "../provider.ts"

/** Somebody whom the provider knows. */
interface Known {
  sub: string
  name: string
  email: string
  verified: boolean
}

/** A real provider of OpenID Connect on a socket of this machine. */
export interface IdentityServer {
  /** what an installation at that origin is set to, which it is known by from now on */
  settingsFor(origin: string): ProviderSettings
  /** Goes to an address of its as a browser that somebody signs in with; answers what it sends back. */
  visit(url: string, who: Known): Promise<Record<string, string>>
  close(): Promise<void>
}

const clientSecret = "a secret that only this test has"

export async function identityServer(): Promise<IdentityServer> {
  const people = new Map<string, Known>()
  let visitor = ""
  let provider: Provider | undefined
  const server = createServer((request, response) => {
    if (!provider) return void response.writeHead(503).end()
    if (!request.url?.startsWith("/interaction/")) return provider.callback()(request, response)
    void provider.interactionFinished(request, response, { login: { accountId: visitor } })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens
  const origins: string[] = []
  return {
    settingsFor(origin) {
      origins.push(origin)
      provider = made({ issuer, people, origins })
      return { issuer, clientId: "vibecaas", clientSecret, name: "Corp", makesAccounts: true }
    },
    async visit(url, who) {
      people.set(who.sub, who)
      visitor = who.sub
      return follow(url, issuer)
    },
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

interface Around {
  issuer: string
  people: ReadonlyMap<string, Known>
  origins: readonly string[]
}

function made({ issuer, people, origins }: Around): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: "vibecaas",
        client_secret: clientSecret,
        redirect_uris: origins.map((origin) => `${origin}/sign-in/back`),
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    cookies: { keys: ["a key of this test"] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, sub) => {
      const known = people.get(sub)
      return known && { accountId: sub, claims: async () => claimsOf(known) }
    },
    // Nobody is asked whether they agree.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? "",
        accountId: oidc.session?.accountId ?? "",
      })
      grant.addOIDCScope("openid email profile")
      await grant.save()
      return grant
    },
  })
}

const claimsOf = ({ sub, name, email, verified }: Known) => ({
  ...{ sub, name, email, email_verified: verified },
})

/** Follows redirects with the provider's cookies until one leads away from it. */
async function follow(url: string, issuer: string): Promise<Record<string, string>> {
  const cookies = new Map<string, string>()
  let at = url
  for (let hop = 0; hop < 10; hop++) {
    if (!at.startsWith(issuer)) return Object.fromEntries(new URL(at).searchParams)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const answer = await fetch(at, { redirect: "manual", headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";", 1)
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1))
    }
    const next = answer.headers.get("location")
    if (!next) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`)
    at = new URL(next, at).href
  }
  throw new Error("the provider leads in a circle")
}
