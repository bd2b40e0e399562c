import { createHmac, timingSafeEqual } from "node:crypto"
import { systemClock } from "@vibecaas/kernel/clock"
import type { BetterAuthPlugin, GenericEndpointContext } from "better-auth"
import { APIError, createAuthMiddleware, getSessionFromCtx } from "better-auth/api"
import { symmetricDecrypt } from "better-auth/crypto"

/** What an app shows anew, in `ms`. */
const stepMs = 30_000

interface KeptKey {
  id: string
  secret: string
  userId: string
}

/**
 * Lets each code of an authenticator app in once (RFC 6238, 5.2): the time step of the last one is kept with the
 * person's key, and none of that step or before it is taken, whoever saw it.
 */
export const codesOnce = () =>
  ({
    id: "codes-once",
    schema: {
      twoFactor: {
        fields: {
          lastStep: {
            type: "number",
            required: false,
            defaultValue: 0,
            input: false,
            returned: false,
          },
        },
      },
    },
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === "/two-factor/verify-totp",
          handler: createAuthMiddleware(takeStep),
        },
      ],
    },
  }) as const satisfies BetterAuthPlugin

/** A code that is wrong passes: the library, which comes next, counts and refuses it. */
async function takeStep(ctx: GenericEndpointContext): Promise<void> {
  const { adapter, secretConfig } = ctx.context
  const userId = await whoAsks(ctx)
  const where = userId && [{ field: "userId", value: userId }]
  const kept = where && (await adapter.findOne<KeptKey>({ model: "twoFactor", where }))
  if (!kept) return
  const key = await symmetricDecrypt({ key: secretConfig, data: kept.secret })
  const step = stepOf(key, String(ctx.body?.code ?? ""))
  if (step === undefined) return
  const taken = await adapter.incrementOne({
    model: "twoFactor",
    where: [
      { field: "id", value: kept.id },
      { field: "lastStep", value: step, operator: "lt" },
    ],
    increment: {},
    set: { lastStep: step },
  })
  if (!taken) throw new APIError("UNAUTHORIZED", { code: "CODE_USED" })
}

/** Who is signed in, or has told a password and is asked for a code. */
async function whoAsks(ctx: GenericEndpointContext): Promise<string | undefined> {
  const session = await getSessionFromCtx(ctx)
  if (session) return session.user.id
  const { name } = ctx.context.createAuthCookie("two_factor")
  const asked = await ctx.getSignedCookie(name, ctx.context.secret)
  if (!asked) return undefined
  return (await ctx.context.internalAdapter.findVerificationValue(asked))?.value
}

/** The step that a code is of: this one, the one before or the next, as the library takes them. */
function stepOf(key: string, code: string): number | undefined {
  const now = Math.floor(systemClock.now().getTime() / stepMs)
  const given = Buffer.from(code)
  return [now + 1, now, now - 1].find((step) => {
    const wanted = Buffer.from(codeAt(key, step))
    return wanted.length === given.length && timingSafeEqual(wanted, given)
  })
}

function codeAt(key: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac("sha1", key).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0")
}
