import { type Fault, fault } from "@vibecaas/kernel/fault"
import { betterAuth } from "better-auth"
import { genericOAuth } from "better-auth/plugins/generic-oauth"
import { z } from "zod"
import { type LibraryParts, optionsOf } from "./library.ts"
import { requestFor } from "./library-request.ts"
import { hostCookieName } from "./session-cookie.ts"

/** A provider of OpenID Connect, as the settings of the installation name it. */
export interface ProviderSettings {
  /** the address below which its discovery document lies */
  issuer: string
  clientId: string
  clientSecret: string
  /** what the button says */
  name: string
  /** whether whoever it knows gets an account here */
  makesAccounts: boolean
}

export interface ProviderVisit {
  cookie: string | undefined
  ip: string
  userAgent: string | undefined
}

export interface Provider {
  name: string
  /** @throws Fault `unavailable` while it does not answer */
  begin(visit: ProviderVisit): Promise<{ url: string; cookies: string[] }>
  /**
   * @returns the session, as values for `Set-Cookie`, and whether the account was made by this
   * @throws Fault `forbidden`, `wrong_state`, `unavailable`
   */
  finish(
    sent: Record<string, string>,
    visit: ProviderVisit,
  ): Promise<{ cookies: string[]; isNew: boolean }>
}

type ProviderParts = LibraryParts & { provider: ProviderSettings }

/** Its name among the library's; part of what is kept of accounts that it signs in. */
const providerId = "oidc"
/** Where it sends browsers back to: a page of the dashboard. */
const backPath = "/sign-in/back"

/** Made when somebody first wants it, and made anew while the provider does not answer. */
export function makeProvider(parts: ProviderParts): Provider {
  const { publicUrl, provider } = parts
  const unavailable = (note: string) =>
    fault("unavailable", {
      say: `${provider.name} does not answer right now. Try again in a moment.`,
      note,
      retryable: true,
    })
  let made: ReturnType<typeof makeLibrary> | undefined
  const ready = async () => {
    made ??= makeLibrary(parts)
    const { socialProviders } = await made.$context
    if (socialProviders.some(({ id }) => id === providerId)) return made
    made = undefined
    throw unavailable(`nothing was discovered at ${provider.issuer}`)
  }
  return {
    name: provider.name,
    async begin(visit) {
      const library = await ready()
      const body = { provider: providerId, disableRedirect: true, ...endsAt(publicUrl) }
      const call = { ...visit, path: "/sign-in/social", body }
      const answer = await library.handler(requestFor(publicUrl, call))
      if (!answer.ok) throw unavailable(await answer.text())
      const { url } = begun.parse(await answer.json())
      return { url, cookies: answer.headers.getSetCookie() }
    },
    async finish(sent, visit) {
      const library = await ready()
      const path = `/callback/${providerId}?${new URLSearchParams(sent)}`
      const answer = await library.handler(requestFor(publicUrl, { ...visit, path }))
      const location = new URL(answer.headers.get("location") ?? "/?error=none", publicUrl)
      const error = location.searchParams.get("error")
      if (error) throw refusal(provider, error, unavailable)
      return { cookies: answer.headers.getSetCookie(), isNew: location.pathname === "/new" }
    },
  }
}

const begun = z.object({ url: z.url() })

/** Where the library says that it would lead the browser: nobody follows it, but it tells what happened. */
const endsAt = (publicUrl: string) => ({
  callbackURL: `${publicUrl}/`,
  newUserCallbackURL: `${publicUrl}/new`,
  errorCallbackURL: `${publicUrl}${backPath}`,
})

function makeLibrary(parts: ProviderParts) {
  const options = optionsOf(parts)
  const { cookies, ...advanced } = options.advanced
  const state = {
    name: hostCookieName(parts.publicUrl, "provider"),
    attributes: cookies.session_token.attributes,
  }
  return betterAuth({
    ...options,
    advanced: { ...advanced, cookies: { ...cookies, state } },
    plugins: [genericOAuth({ config: [configOf(parts)] })],
    // An address counts only when both sides have seen it proved: nobody gets into an account by
    // an address that they typed, here or there.
    account: { accountLinking: { enabled: true, requireLocalEmailVerified: true } },
    // Nothing here asks the provider again, so none of its tokens is kept.
    databaseHooks: {
      ...options.databaseHooks,
      account: {
        create: { before: async (account) => ({ data: { ...account, ...noTokens } }) },
        update: { before: async (account) => ({ data: { ...account, ...noTokens } }) },
      },
    },
  })
}

const noTokens = { accessToken: null, refreshToken: null, idToken: null }

function configOf({ publicUrl, provider }: ProviderParts) {
  const { issuer, clientId, clientSecret, makesAccounts } = provider
  return {
    ...{ providerId, clientId, clientSecret },
    discoveryUrl: `${issuer.replace(/\/+$/, "")}/.well-known/openid-configuration`,
    redirectURI: `${publicUrl}${backPath}`,
    scopes: ["openid", "email", "profile"],
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: !makesAccounts,
    mapProfileToUser: (profile: Record<string, unknown>) => ({
      name: nameIn(profile),
      emailVerified: profile.email_verified === true,
      // One that the provider has not seen proved is none.
      ...(profile.email_verified === true ? {} : { email: null }),
    }),
  }
}

function nameIn(profile: Record<string, unknown>): string {
  const said = [profile.name, profile.preferred_username, String(profile.email).split("@")[0]]
  const name = said.find((each) => typeof each === "string" && each.trim() !== "")
  return String(name ?? "Somebody")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .trim()
    .slice(0, 80)
}

function refusal(
  { name }: ProviderSettings,
  error: string,
  unavailable: (note: string) => Fault,
): Fault {
  const say = sentences[error]?.(name)
  if (say) return fault("forbidden", { say, note: error })
  if (/state|restart|no_code/.test(error)) {
    return fault("wrong_state", { say: "That took too long, or was done already. Begin again." })
  }
  return unavailable(`the provider's answer was not taken: ${error}`)
}

const sentences: Record<string, (name: string) => string> = {
  ACCOUNT_DISABLED: () => "This account was disabled. Ask whoever runs this installation.",
  access_denied: (name) => `${name} did not let you in.`,
  account_not_linked: (name) =>
    `There is an account with your address that was not shown to be yours. Sign in with its password and confirm the address in the settings; then ${name} opens it, too.`,
  signup_disabled: () => "You have no account here, and this server does not make one for you.",
  email_not_found: (name) => `${name} tells no address of yours that it has confirmed.`,
}
