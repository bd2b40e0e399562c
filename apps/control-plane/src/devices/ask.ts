import { createHash, randomBytes, randomInt } from "node:crypto"
import { fault } from "@vibecaas/kernel/fault"
import type { Actor } from "../core/ctx.ts"
import type { Principal, Visitor } from "../core/kind.ts"
import { record } from "../core/record.ts"
import type { DevicesParts } from "./parts.ts"
import { type Asking, allowAsking, findAsking, insertAsking, takeAllowed } from "./queries.ts"

/** Without vowels no word comes of it, and nothing looks like a digit. */
const letters = "BCDFGHJKLMNPQRSTVWXYZ"
const askMs = 10 * 60_000
const sessionMs = 30 * 24 * 60 * 60_000

const hashOf = (secret: string) => createHash("sha256").update(secret).digest()

function newCode(): string {
  const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")
  return `${four()}-${four()}`
}

/** Begins to sign a program in. What opens its session is known to the program alone. */
export async function askForDevice(
  { database, clock }: DevicesParts,
  { name, ip }: { name: string; ip: string },
): Promise<{ code: string; secret: string; expiresAt: Date }> {
  const secret = randomBytes(32).toString("base64url")
  const askedAt = clock.now()
  const expiresAt = new Date(askedAt.getTime() + askMs)
  const asking = { name, ip, askedAt, expiresAt, secretHash: hashOf(secret) }
  for (;;) {
    const code = newCode()
    if (await database.asPlatform((tx) => insertAsking(tx, { ...asking, code })))
      return { code, secret, expiresAt }
  }
}

/** @throws Fault `not_found` */
export async function lookAtAsking(
  { database, clock }: DevicesParts,
  code: string,
): Promise<Asking> {
  const found = await database.asPlatform((tx) => findAsking(tx, code, clock.now()))
  if (found) return found
  throw noSuch()
}

/**
 * Lets the program that asks by a code sign in as this person, once.
 *
 * @throws Fault `not_found`
 */
export async function allowDevice(
  { database, clock, scope }: DevicesParts,
  { principal, actor, code }: { principal: Principal; actor: Actor; code: string },
): Promise<void> {
  const of = { code, userId: principal.userId, now: clock.now() }
  const name = await database.asPlatform((tx) => allowAsking(tx, of))
  if (name === undefined) throw noSuch()
  const organizationId = principal.personalOrganizationId
  await scope({ organizationId, actor }, async (ctx) =>
    record(ctx, { action: "device.allow", subject: principal.userId, details: { about: name } }),
  )
}

/**
 * The session of a program that somebody allowed; nothing while nobody has.
 *
 * @throws Fault `not_found` for a secret that was used, or whose time is over
 */
export async function openDeviceSession(
  { database, clock, desk }: DevicesParts,
  { secret, visitor }: { secret: string; visitor: Visitor },
) {
  const now = clock.now()
  const taken = await database.asPlatform((tx) => takeAllowed(tx, hashOf(secret), now))
  if (!taken) throw noSuch()
  const { userId, name, email } = taken
  if (userId === null) return { user: null, setCookies: [] }
  const expiresAt = new Date(now.getTime() + sessionMs)
  const { setCookie } = await desk.openSession({ userId, expiresAt, visitor })
  return { user: { id: userId, name: name ?? "", email: email ?? "" }, setCookies: [setCookie] }
}

const noSuch = () =>
  fault("not_found", { say: "Nothing asks by that, or its time is over. Begin again." })
