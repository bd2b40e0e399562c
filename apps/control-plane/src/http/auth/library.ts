import { signUp } from "@vibecaas/contract/kinds/accounts"
import { recoveryCodesCount } from "@vibecaas/contract/second-step"
import type { Log } from "@vibecaas/kernel/log"
import { type BetterAuthOptions, betterAuth } from "better-auth"
import { APIError } from "better-auth/api"
import { twoFactor } from "better-auth/plugins/two-factor"
import { codesOnce } from "./codes-once.ts"
import { passkeyCookie, passkeyPlugin } from "./passkey-plugin.ts"
import { hostCookieName, sessionCookieName } from "./session-cookie.ts"

export interface LibraryParts {
  /** connections of the role that sees the schema `auth` and nothing else */
  pool: BetterAuthOptions["database"]
  /** at least 32 characters; signs cookies, and seals what the library keeps of authenticator apps */
  secret: string
  publicUrl: string
  log: Log
  /** whether administrators shut somebody out */
  isDisabled(userId: string): Promise<boolean>
}

export const authBase = "/api/v1/auth"
const sessionSeconds = 30 * 24 * 3600

export const makeLibrary = (parts: LibraryParts) => betterAuth(optionsOf(parts))

export type Library = ReturnType<typeof makeLibrary>

/** The options in one place: a test walks the endpoints that they mount. */
export function optionsOf(parts: LibraryParts) {
  return {
    appName: "VibeCaaS",
    baseURL: parts.publicUrl,
    basePath: authBase,
    secret: parts.secret,
    database: parts.pool,
    plugins: [
      twoFactor({
        issuer: "VibeCaaS",
        backupCodeOptions: { amount: recoveryCodesCount, storeBackupCodes: "encrypted" },
      }),
      codesOnce(),
      passkeyPlugin(parts.publicUrl),
    ],
    emailAndPassword: {
      enabled: true,
      minPasswordLength: signUp.shape.password.minLength ?? 10,
      maxPasswordLength: signUp.shape.password.maxLength ?? 128,
      revokeSessionsOnPasswordReset: true,
    },
    // A token in the database opens nothing: only its hash is there.
    verification: { storeIdentifier: "hashed" },
    databaseHooks: {
      // The one place that every way to sign in comes by.
      session: { create: { before: ({ userId }) => refuseDisabled(parts, userId) } },
    },
    // What needs more than a session asks for the password, however new the session is.
    session: { expiresIn: sessionSeconds, disableSessionRefresh: true, freshAge: 0 },
    // Counted by our own limiter, for which replicas can share one counter.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { log: (level, message) => parts.log.debug({ level }, `sign-in: ${message}`) },
    advanced: {
      // The library would name it __Secure-, which lets a neighbouring host set a domain cookie.
      useSecureCookies: false,
      cookiePrefix: "vibecaas",
      cookies: cookiesOf(parts.publicUrl),
      ipAddress: { ipAddressHeaders: ["x-client-address"] },
    },
  } as const satisfies BetterAuthOptions
}

async function refuseDisabled({ isDisabled }: LibraryParts, userId: string): Promise<void> {
  if (await isDisabled(userId)) throw new APIError("FORBIDDEN", { code: "ACCOUNT_DISABLED" })
}

/** Of the session, of a sign-in that waits for a code or a passkey, and of a browser that is not asked for a code. */
function cookiesOf(publicUrl: string) {
  const secure = publicUrl.startsWith("https:")
  const attributes = { secure, httpOnly: true, sameSite: "lax", path: "/" } as const
  return {
    session_token: { name: sessionCookieName(publicUrl), attributes },
    two_factor: { name: hostCookieName(publicUrl, "second-step"), attributes },
    [passkeyCookie]: { name: hostCookieName(publicUrl, passkeyCookie), attributes },
    trust_device: { name: hostCookieName(publicUrl, "trusted"), attributes },
  }
}
