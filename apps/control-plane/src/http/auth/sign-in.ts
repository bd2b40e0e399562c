import { signUp } from "@vibecaas/contract/kinds/accounts"
import { type Fault, fault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import { type BetterAuthOptions, betterAuth } from "better-auth"
import { APIError } from "better-auth/api"
import { sessionCookieName } from "./session-cookie.ts"
import type { Person } from "./sessions.ts"

export interface SignInParts {
  /** connections of the role that sees the schema `auth` and nothing else */
  pool: BetterAuthOptions["database"]
  /** at least 32 characters; signs the session cookie */
  secret: string
  publicUrl: string
  log: Log
}

/** One call of the sign-in library. */
export interface AuthCall {
  /** below `/api/v1/auth`, e.g. `/sign-in/email` */
  path: string
  body: unknown
  cookie: string | undefined
  ip: string
  userAgent: string | undefined
}

export interface AuthAnswer {
  /** values for `Set-Cookie` */
  cookies: string[]
  person: Person | undefined
}

/** The only door to the sign-in library; what it can do beyond these calls is not reachable. */
export interface SignIn {
  /** @throws Fault when the library refuses */
  call(call: AuthCall): Promise<AuthAnswer>
  /** Makes an account without a session, or finds the one with that address. */
  ensureAccount(account: { email: string; password: string; name: string }): Promise<{
    person: Person
    created: boolean
  }>
  /** Whether the account with that address has a living session that began at such an IP address. */
  hasSessionFrom(email: string, isPlace: (ip: string) => boolean): Promise<boolean>
}

export const authBase = "/api/v1/auth"
const sessionSeconds = 30 * 24 * 3600

export function makeSignIn(parts: SignInParts): SignIn {
  const auth = betterAuth(optionsOf(parts))
  return {
    async call(call) {
      const response = await auth.handler(requestFor(parts.publicUrl, call))
      if (!response.ok) throw await refusal(response)
      const answer: unknown = await response.json().catch(() => undefined)
      return { cookies: response.headers.getSetCookie(), person: personIn(answer) }
    },
    async ensureAccount(account) {
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.findUserByEmail(account.email.toLowerCase())
      if (found) return { person: found.user, created: false }
      // The server's own call passes no request: no session cookie leaves, no policy applies.
      const { user } = await auth.api.signUpEmail({ body: account }).catch(rethrowRefusal)
      return { person: user, created: true }
    },
    async hasSessionFrom(email, isPlace) {
      const { internalAdapter } = await auth.$context
      const found = await internalAdapter.findUserByEmail(email)
      const sessions = found ? await internalAdapter.listSessions(found.user.id) : []
      return sessions.some(
        ({ ipAddress, expiresAt }) => ipAddress && expiresAt > new Date() && isPlace(ipAddress),
      )
    },
  }
}

/** The options in one place: a test walks the endpoints that they mount. */
export function optionsOf(parts: SignInParts) {
  const secure = parts.publicUrl.startsWith("https:")
  return {
    appName: "VibeCaaS",
    baseURL: parts.publicUrl,
    basePath: authBase,
    secret: parts.secret,
    database: parts.pool,
    emailAndPassword: {
      enabled: true,
      minPasswordLength: signUp.shape.password.minLength ?? 10,
      maxPasswordLength: signUp.shape.password.maxLength ?? 128,
    },
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true },
    // Counted by our own limiter, for which replicas can share one counter.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => parts.log.debug({ level }, `sign-in: ${message}`) },
    advanced: {
      // The library would name it __Secure-, which lets a neighbouring host set a domain cookie.
      useSecureCookies: false,
      cookiePrefix: "vibecaas",
      cookies: {
        session_token: {
          name: sessionCookieName(parts.publicUrl),
          attributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
        },
      },
      ipAddress: { ipAddressHeaders: ["x-client-address"] },
    },
  } as const satisfies BetterAuthOptions
}

/** A request of our own making: nothing the client sent passes but these fields. */
function requestFor(publicUrl: string, call: AuthCall): Request {
  const headers = new Headers({
    "content-type": "application/json",
    origin: publicUrl,
    "x-client-address": call.ip,
  })
  if (call.cookie) headers.set("cookie", call.cookie)
  if (call.userAgent) headers.set("user-agent", call.userAgent)
  const body = JSON.stringify(call.body ?? {})
  return new Request(`${publicUrl}${authBase}${call.path}`, { method: "POST", headers, body })
}

async function refusal(response: Response): Promise<Fault> {
  const body: unknown = await response.json().catch(() => undefined)
  const code = textField(body, "code") ?? `HTTP_${response.status}`
  return refusals[code]?.() ?? unforeseen(response.status, `${code}: ${textField(body, "message")}`)
}

function rethrowRefusal(error: unknown): never {
  if (!(error instanceof APIError)) throw error
  const code = textField(error.body, "code") ?? ""
  throw refusals[code]?.() ?? error
}

const refusals: Record<string, () => Fault> = {
  INVALID_EMAIL_OR_PASSWORD: () =>
    fault("unauthenticated", { say: "That address and password do not belong together." }),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: () =>
    fault("name_taken", {
      say: "There is an account with that address. Sign in instead.",
      fields: { "/email": "There is an account with that address." },
    }),
  INVALID_PASSWORD: () =>
    fault("invalid", {
      say: "That is not your current password.",
      fields: { "/currentPassword": "That is not your current password." },
    }),
  UNAUTHORIZED: () => fault("unauthenticated", { say: "Sign in first." }),
}

function unforeseen(status: number, note: string): Fault {
  if (status < 500) return fault("malformed", { say: "The sign-in was not understood.", note })
  const say = "Signing in does not work right now. Try again in a moment."
  return fault("unavailable", { say, note, retryable: true })
}

function personIn(answer: unknown): Person | undefined {
  if (typeof answer !== "object" || answer === null || !("user" in answer)) return undefined
  const [id, name, email] = ["id", "name", "email"].map((key) => textField(answer.user, key))
  return id && email ? { id, name: name ?? "", email } : undefined
}

function textField(value: unknown, name: string): string | undefined {
  if (typeof value !== "object" || value === null) return undefined
  const field = (value as Record<string, unknown>)[name] // any object can be read by key
  return typeof field === "string" ? field : undefined
}
