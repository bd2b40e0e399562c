import { authPaths, credentials, signUp } from "@vibecaas/contract/kinds/tenants"
import { fault } from "@vibecaas/kernel/fault"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import { z } from "zod"
import type { Principal } from "../../core/kind.ts"
import { checkMediaType, checkOrigin } from "../origin-check.ts"
import { assertAllowed, type RateLimiter, type RateLimits } from "../rate-limit.ts"
import { invalid } from "../route-input.ts"
import { apiPrefix } from "../routes.ts"
import type { Person, Sessions } from "./sessions.ts"
import type { SignIn } from "./sign-in.ts"

/** Who may make an account: anybody, nobody. */
export type SignUpPolicy = "open" | "closed"

export interface AuthRouteParts {
  signIn: SignIn
  sessions: Sessions
  recordAccountDeed(deed: AccountDeed): Promise<void>
  signUpPolicy: SignUpPolicy
  origins: readonly string[]
  limiter: RateLimiter
  limits: RateLimits
}

/** What somebody did with their own account, for the audit of their own organization. */
export interface AccountDeed {
  action: (typeof deeds)[AuthPath]
  person: Person
  ip: string
  requestId: string
}

type AuthPath = (typeof authPaths)[number]

const deeds = {
  "POST /auth/sign-up/email": "account.create",
  "POST /auth/sign-in/email": "session.start",
  "POST /auth/sign-out": "session.stop",
  "POST /auth/change-password": "password.change",
} as const satisfies Record<AuthPath, string>

/** What each call takes; what is not named here never reaches the sign-in library. */
export const signInBodies = {
  "POST /auth/sign-up/email": signUp,
  "POST /auth/sign-in/email": credentials.extend({
    // An old password may be shorter than what a new one must have.
    password: z.string().min(1, "Enter your password.").max(128),
  }),
  "POST /auth/sign-out": z.strictObject({}),
  "POST /auth/change-password": z.strictObject({
    currentPassword: z.string().min(1, "Enter your current password.").max(128),
    newPassword: signUp.shape.password,
  }),
} as const satisfies Record<AuthPath, z.ZodObject>

/** Mounts the contract's sign-in calls; any other path below `/auth` stays a 404. */
export function registerAuthRoutes(app: FastifyInstance, parts: AuthRouteParts): void {
  for (const name of authPaths) {
    app.post(`${apiPrefix}${name.replace("POST ", "")}`, (request, reply) =>
      serve(parts, name, { request, reply }),
    )
  }
}

interface Exchange {
  request: FastifyRequest
  reply: FastifyReply
}

async function serve(parts: AuthRouteParts, name: AuthPath, { request, reply }: Exchange) {
  guard(parts, name, request)
  const body = parseBody(name, request.body)
  const before = await parts.sessions.find(request.headers.cookie)
  const account = textOf(body.email)?.toLowerCase() ?? before?.userId
  const counted = await countTry(parts, name, { address: request.ip, account })
  if (name === "POST /auth/sign-up/email") assertMaySignUp(parts.signUpPolicy)
  const { cookies, person } = await parts.signIn.call({
    path: name.replace("POST /auth", ""),
    body: name === "POST /auth/change-password" ? { ...body, revokeOtherSessions: true } : body,
    cookie: request.headers.cookie,
    ip: request.ip,
    userAgent: request.headers["user-agent"],
  })
  // Only failures count against an account: its owner may sign in as often as they like.
  if (counted !== undefined) await parts.limiter.giveBack(counted)
  if (before) parts.sessions.forget({ userId: before.userId })
  const who = person ?? personOf(before)
  if (who) {
    const { ip, id: requestId } = request
    await parts.recordAccountDeed({ action: deeds[name], person: who, ip, requestId })
  }
  reply.header("cache-control", "no-store")
  for (const cookie of cookies) reply.header("set-cookie", cookie)
  return person ? { user: person } : { success: true }
}

/** Whoever signs out is known by the session that ended. */
function personOf(before: Principal | undefined): Person | undefined {
  return before && { id: before.userId, name: before.name, email: before.email }
}

/** Signing in needs no session yet, so a script may leave the origin out; a foreign one is refused. */
function guard(parts: AuthRouteParts, name: AuthPath, request: FastifyRequest): void {
  const starts = name === "POST /auth/sign-in/email" || name === "POST /auth/sign-up/email"
  const { origin, cookie } = request.headers
  const headers = { origin, cookie: starts ? undefined : cookie }
  checkOrigin(parts.origins, { method: request.method, headers })
  checkMediaType(request)
}

function parseBody(name: AuthPath, body: unknown): Record<string, unknown> {
  const parsed = signInBodies[name].safeParse(body ?? {})
  if (!parsed.success) throw invalid(parsed.error)
  return parsed.data
}

interface Try {
  address: string
  /** whose password is tried: an email address, or the id of who is signed in */
  account: string | undefined
}

/**
 * Guessing is slowed per address and per account, so neither one guesser nor many get far. Answers
 * what was counted against an account.
 */
async function countTry(parts: AuthRouteParts, name: AuthPath, { address, account }: Try) {
  if (name === "POST /auth/sign-out") return undefined
  const { limiter, limits } = parts
  const say = "Too many tries. Wait a moment, then try again."
  assertAllowed(await limiter.take(`sign-in:address:${address}`, limits.signInPerAddress), say)
  if (account === undefined) return undefined
  const key = `sign-in:account:${account}`
  assertAllowed(await limiter.take(key, limits.signInPerAccount), say)
  return key
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}

function assertMaySignUp(policy: SignUpPolicy): void {
  if (policy === "open") return
  throw fault("forbidden", { say: "This installation does not take new people." })
}
