import { apiKeyId } from "@vibecaas/contract/kinds/keys"
import type { Permission } from "@vibecaas/contract/permissions"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import { LRUCache } from "lru-cache"
import type { Ctx } from "../core/ctx.ts"
import type { Found, Principal } from "../core/kind.ts"
import type { Database } from "../db/tenant.ts"
import { isOver, rightsIn } from "./api-key.ts"
import { later } from "./create-key.ts"
import { findKey, findOpened, opens, writeUse } from "./queries.ts"
import { type HashSecret, isSecret } from "./secret.ts"

/** How often at most it is written that a key was used, in `ms`. */
const writtenEveryMs = 60_000

export interface KeyUse {
  /** whom a secret stands for, and until when; undefined for one that opens nothing */
  load(secret: string): Promise<Found | undefined>
  /** keeps that a key was used; at most once a minute */
  note(principal: Principal): Promise<void>
}

export function makeKeyUse(
  parts: { database: Database; clock: Clock; log: Log },
  hash: HashSecret,
): KeyUse {
  const written = new LRUCache<string, number>({ max: 20_000 })
  return {
    async load(secret) {
      if (!isSecret(secret)) return undefined
      const opened = await parts.database.asPlatform((tx) => findOpened(tx, hash(secret)))
      return opened && foundIn(opened)
    },
    async note({ userId, personalOrganizationId }) {
      const at = parts.clock.now()
      if (at.getTime() - (written.get(userId) ?? 0) < writtenEveryMs) return
      written.set(userId, at.getTime())
      const use = { at, unlessSince: later(at, -writtenEveryMs) }
      try {
        await parts.database.inOrganization(personalOrganizationId, (tx) =>
          writeUse(tx, userId, use),
        )
      } catch (error) {
        // Who calls does not have to care: reads go on when nothing can be written.
        written.delete(userId)
        parts.log.warn({ err: error, keyId: userId }, "the use of a key could not be kept")
      }
    },
  }
}

export function foundIn(opened: NonNullable<Awaited<ReturnType<typeof findOpened>>>): Found {
  const {
    keyId,
    secretId,
    organizationId,
    name,
    role,
    permissions,
    projectIds,
    hidden,
    closed,
    endsAt,
  } = opened
  const principal: Principal = {
    ...{ userId: keyId, sessionId: secretId, name: `${name} (API key)`, email: "" },
    ...{ platformAdmin: false, personalOrganizationId: organizationId },
    memberships: [{ organizationId, role, hidden, closed }],
    key: { permissions, projects: projectIds },
  }
  return { principal, expiresAt: endsAt?.getTime() ?? Number.POSITIVE_INFINITY }
}

/**
 * What a key may do now; undefined when it was revoked, is over, or that secret of it is.
 *
 * @param of.secretId any of its secrets when absent
 */
export async function rightsOfKey(
  ctx: Ctx,
  of: { keyId: string; secretId?: string },
): Promise<Permission[] | undefined> {
  const id = apiKeyId.safeParse(of.keyId)
  const row = id.success ? await findKey(ctx.db, id.data) : undefined
  const now = ctx.clock.now()
  if (!row || isOver(row.expiresAt, now)) return undefined
  const living = await opens(ctx.db, { keyId: row.id, secretId: of.secretId, now })
  return living ? rightsIn(row) : undefined
}
