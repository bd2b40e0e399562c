import { grantable } from "@vibecaas/contract/key-permissions"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Permission } from "@vibecaas/contract/permissions"
import type { Role } from "@vibecaas/contract/roles"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { record } from "../core/record.ts"
import { reserve } from "../quotas/index.ts"
import type { ListedKey } from "./api-key.ts"
import { findProjects, insertKey, insertSecret, readKey } from "./queries.ts"
import { endingOf, type HashSecret, newSecret } from "./secret.ts"
import { tellKey } from "./tell-key.ts"

const dayMs = 24 * 60 * 60 * 1000

export interface WantedKey {
  /** of whoever makes it */
  role: Role
  name: string
  permissions: readonly string[]
  /** projects that whoever makes it does not see */
  hidden: readonly string[]
  /** null: all */
  projects: readonly IdOf<"project">[] | null
  /** null: it has no end */
  expiresInDays: number | null
}

/** A key with its secret, which nobody can read again. */
export interface MadeKey {
  key: ListedKey
  secret: string
}

/**
 * Makes a key with at most what its maker may do. It belongs to the organization, and stays when
 * they leave.
 *
 * @throws Fault `invalid` for a permission that they cannot give or a project that is not there,
 * `name_taken`, `quota_exceeded`
 */
export async function createKey(ctx: Ctx, hash: HashSecret, wanted: WantedKey): Promise<MadeKey> {
  const permissions = needGrantable(wanted)
  const projectIds = await needProjects(ctx, wanted)
  const id = ctx.newId("key")
  const { name, role } = wanted
  const { actor } = ctx
  invariant(actor.id, "only people make keys")
  await reserve(ctx, "api_keys", { subject: id, amount: 1 })
  const now = ctx.clock.now()
  const row = {
    ...{ id, organizationId: ctx.organizationId, name, role, permissions, projectIds },
    ...{ createdById: actor.id, createdByName: actor.name, createdAt: now, lastUsedAt: null },
    expiresAt: wanted.expiresInDays === null ? null : later(now, wanted.expiresInDays * dayMs),
  }
  if (!(await insertKey(ctx.db, row))) throw nameTaken(name)
  const secret = await addSecret(ctx, hash, id)
  const details = { about: name, permissions, projects: projectIds, expiresAt: row.expiresAt }
  record(ctx, { action: "api_key.create", subject: id, details })
  tellKey(ctx, id)
  return { key: await readKey(ctx.db, row), secret }
}

/** Gives a key a secret that has no end of its own. */
export async function addSecret(
  ctx: Ctx,
  hash: HashSecret,
  keyId: IdOf<"api_key">,
): Promise<string> {
  const secret = newSecret()
  await insertSecret(ctx.db, {
    ...{ id: ctx.newId("kse"), organizationId: ctx.organizationId, keyId },
    ...{
      hash: hash(secret),
      ending: endingOf(secret),
      toldToId: ctx.actor.id ?? "",
      createdAt: ctx.clock.now(),
      endsAt: null,
    },
  })
  return secret
}

export const later = (from: Date, ms: number) => new Date(from.getTime() + ms)

function needGrantable({ role, permissions }: WantedKey): Permission[] {
  const own = grantable(role)
  const beyond = permissions.filter((each) => !own.some((permission) => permission === each))
  if (beyond.length === 0) return own.filter((permission) => permissions.includes(permission))
  const say = `You cannot allow a key ${beyond.join(", ")}: there is no such permission for keys, or your role does not have it.`
  throw fault("invalid", { say, fields: { "/permissions": say } })
}

async function needProjects(ctx: Ctx, { projects: ids, hidden }: WantedKey) {
  if (ids === null) return null
  const found = await findProjects(
    ctx.db,
    ids.filter((id) => !hidden.includes(id)),
  )
  const wanted = new Set(ids)
  if (found.length === wanted.size) return [...wanted]
  const say = "One of these projects is not there any more."
  throw fault("invalid", { say, fields: { "/projects": say } })
}

function nameTaken(name: string) {
  const say = `There is a key called “${name}” already. Use another name.`
  return fault("name_taken", { say, fields: { "/name": say } })
}
