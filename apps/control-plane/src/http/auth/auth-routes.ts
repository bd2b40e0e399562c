import { authPaths, signInBodies } from "@vibecaas/contract/kinds/tenants"
import { fault } from "@vibecaas/kernel/fault"
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify"
import type { Principal } from "../../core/kind.ts"
import { addressKey } from "../address-key.ts"
import { checkMediaType, checkOrigin } from "../origin-check.ts"
import { assertAllowed, type RateLimit, type RateLimiter, type RateLimits } from "../rate-limit.ts"
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
  const email = textOf(body.email)?.toLowerCase()
  const address = addressKey(request.ip)
  const counted = await countTry(parts, name, { address, email, userId: before?.userId })
  if (name === "POST /auth/sign-up/email") assertMaySignUp(parts.signUpPolicy)
  const { cookies, person } = await parts.signIn.call({
    path: name.replace("POST /auth", ""),
    body: name === "POST /auth/change-password" ? { ...body, revokeOtherSessions: true } : body,
    cookie: request.headers.cookie,
    ip: request.ip,
    userAgent: request.headers["user-agent"],
  })
  // Only failures count against an account: its owner may sign in as often as they like.
  for (const key of counted) await parts.limiter.giveBack(key)
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
  email: string | undefined
  /** who is signed in */
  userId: string | undefined
}

const tooManyTries = "Too many tries. Wait a moment, then try again."

/**
 * Guessing is slowed per address and per account, so neither one guesser nor many get far. Answers
 * what was counted, to be given back when the try succeeds.
 */
async function countTry(parts: AuthRouteParts, name: AuthPath, tried: Try): Promise<string[]> {
  if (name === "POST /auth/sign-out") return []
  const { limiter, limits } = parts
  const { address, email, userId } = tried
  const take = async (key: string, limit: RateLimit) =>
    assertAllowed(await limiter.take(key, limit), tooManyTries)
  await take(`sign-in:address:${address}`, limits.signInPerAddress)
  if (name === "POST /auth/change-password" && userId !== undefined) {
    // Only who holds a session gets here, so the account itself can be counted.
    const key = `password:${userId}`
    await take(key, limits.signInPerAccountAndAddress)
    return [key]
  }
  if (name !== "POST /auth/sign-in/email" || email === undefined) return []
  const pair = `sign-in:account:${email} ${address}`
  await take(pair, limits.signInPerAccountAndAddress)
  return [pair, ...(await countAccount(parts, email, address))]
}

/**
 * Many guessers together are slowed too. Whoever knows only somebody's address of mail could use
 * this against its owner, so it holds nobody up where the owner is signed in already.
 */
async function countAccount(
  { limiter, limits, signIn }: AuthRouteParts,
  email: string,
  address: string,
): Promise<string[]> {
  const key = `sign-in:account:${email}`
  const allowance = await limiter.take(key, limits.signInPerAccount)
  if (allowance.allowed) return [key]
  if (await signIn.hasSessionFrom(email, (ip) => addressKey(ip) === address)) return []
  assertAllowed(allowance, tooManyTries)
  return []
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}

function assertMaySignUp(policy: SignUpPolicy): void {
  if (policy === "open") return
  throw fault("forbidden", { say: "This installation does not take new people." })
}
