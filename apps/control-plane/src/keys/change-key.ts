import type { IdOf } from "@vibecaas/contract/kinds"
import { roleCan } from "@vibecaas/contract/permissions"
import { seesAllProjects } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { release } from "../quotas/index.ts"
import { type ApiKeyRow, isOver, rightsIn } from "./api-key.ts"
import { addSecret, later, type MadeKey } from "./create-key.ts"
import { deleteKey, endSecrets, lockKey, readKey } from "./queries.ts"
import type { HashSecret } from "./secret.ts"
import { tellKey } from "./tell-key.ts"

interface Change {
  id: IdOf<"api_key">
  /** of whoever changes it */
  role: Role
  /** projects that they do not see */
  hidden: readonly string[]
}

const hourMs = 60 * 60 * 1000

/**
 * Gives a key a new secret. The one before is taken for a while longer, so that programs can be
 * given the new one without a gap; an older one ends now.
 *
 * @throws Fault `not_found`, `forbidden` when it may do or see more than who asks, `wrong_state` when its
 * time is over
 */
export async function rotateKey(
  ctx: Ctx,
  hash: HashSecret,
  { overlapHours, ...change }: Change & { overlapHours: number },
): Promise<MadeKey> {
  const row = await needKey(ctx, change)
  const now = ctx.clock.now()
  if (isOver(row.expiresAt, now)) {
    const say = "The time of this key is over. Make another one."
    throw fault("wrong_state", { say })
  }
  await endSecrets(ctx.db, row.id, { now, newestAt: later(now, overlapHours * hourMs) })
  const secret = await addSecret(ctx, hash, row.id)
  const details = { about: row.name, overlapHours }
  record(ctx, { action: "api_key.rotate", subject: row.id, details })
  tellKey(ctx, row.id)
  return { key: await readKey(ctx.db, row), secret }
}

/**
 * Ends a key with all its secrets.
 *
 * @throws Fault `not_found`, `forbidden` when it may do or see more than who asks
 */
export async function revokeKey(ctx: Ctx, change: Change): Promise<void> {
  const row = await needKey(ctx, change)
  await deleteKey(ctx.db, row.id)
  await release(ctx, "api_keys", row.id)
  record(ctx, { action: "api_key.revoke", subject: row.id, details: { about: row.name } })
  tellKey(ctx, row.id)
}

/** Who could have made it may change it: nobody gets by a key's secret what their role does not have. */
async function needKey(ctx: Ctx, { id, role, hidden }: Change): Promise<ApiKeyRow> {
  const row = await lockKey(ctx.db, id)
  if (!row) throw fault("not_found", { say: "There is no such API key." })
  const beyond = rightsIn(row).filter((permission) => !roleCan(role, permission))
  if (beyond.length > 0) {
    const say = `This key may do more than your role here, ${role}: ${beyond.join(", ")}.`
    throw fault("forbidden", { say })
  }
  if (seesAnyOf(row, hidden)) {
    throw fault("forbidden", { say: "This key opens a project that you do not see." })
  }
  return row
}

/** Whether a key opens one of some projects that are kept to who is named. */
const seesAnyOf = ({ projectIds, role }: ApiKeyRow, listed: readonly string[]) =>
  projectIds
    ? projectIds.some((id) => listed.includes(id))
    : listed.length > 0 && seesAllProjects(role)
