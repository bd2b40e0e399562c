import type { IdOf } from "@vibecaas/contract/kinds"
import type { BorrowedSecret } from "@vibecaas/contract/kinds/secrets"
import type { Ctx } from "../core/ctx.ts"
import type { Handlers } from "../core/kind.ts"
import { needProject } from "../projects/index.ts"
import { addSecret } from "./add-secret.ts"
import { changeSecret, needSecret, removeSecret, revealSecret, setValue } from "./change-secret.ts"
import { importSecrets } from "./import-secrets.ts"
import { listFromAbroad, listSecrets, listSharedWith, listVersions } from "./queries.ts"
import { type SecretRow, showSecret, showVersion, stateOf } from "./secret.ts"
import type { SealParts } from "./secrets-parts.ts"
import { endShare, shareSecret } from "./share-secret.ts"
import { listed, listedOne } from "./tell-secret.ts"

const show = async (ctx: Ctx, row: SecretRow) =>
  showSecret(await listedOne(ctx, row), ctx.clock.now())

export function secretHandlers(parts: SealParts): Handlers<"secrets"> {
  return {
    "GET /projects/{projectId}/secrets": async ({ ctx, params: { projectId } }) => {
      await needProject(ctx, projectId)
      return listOf(ctx, projectId)
    },
    "POST /projects/{projectId}/secrets": async ({ ctx, params, body }) =>
      show(ctx, await addSecret(ctx, parts, { ...params, ...body, ...endOf(body) })),
    "POST /projects/{projectId}/secrets/import": ({ ctx, params, body }) =>
      importSecrets(ctx, parts, { ...params, ...body }),
    "GET /organizations/{organizationId}/secrets": ({ ctx }) => listOf(ctx, null),
    "POST /organizations/{organizationId}/secrets": async ({ ctx, body }) =>
      show(ctx, await addSecret(ctx, parts, { projectId: null, ...body, ...endOf(body) })),
    "POST /organizations/{organizationId}/secrets/import": ({ ctx, body }) =>
      importSecrets(ctx, parts, { projectId: null, ...body }),
    "GET /secrets/{secretId}": async ({ ctx, params: { secretId } }) => {
      const row = await needSecret(ctx, secretId)
      const versions = (await listVersions(ctx.db, row.id)).map(showVersion)
      return { ...(await show(ctx, row)), versions }
    },
    "PATCH /secrets/{secretId}": async ({ ctx, params, role, body, ifMatch }) => {
      const { row, hookKey } = await changeSecret(ctx, parts, {
        ...{ ...params, role, ifMatch, set: body },
      })
      return { secret: await show(ctx, row), hookKey }
    },
    "POST /secrets/{secretId}/versions": async ({ ctx, params, role, body }) =>
      show(ctx, await setValue(ctx, parts, { ...params, role, ...body })),
    "POST /secrets/{secretId}/rotate": async ({ ctx, params, role }) =>
      show(ctx, await setValue(ctx, parts, { ...params, role })),
    "POST /secrets/{secretId}/reveal": ({ ctx, params, body }) =>
      revealSecret(ctx, parts, { ...params, ...body }),
    "POST /secrets/{secretId}/shares": async ({ ctx, params, role, body }) =>
      show(ctx, await shareSecret(ctx, { ...params, role, to: body })),
    "DELETE /secrets/{secretId}/shares/{shareId}": async ({ ctx, params, role }) => {
      await endShare(ctx, { ...params, role })
      return undefined
    },
    "DELETE /secrets/{secretId}": async ({ ctx, params, role }) => {
      await removeSecret(ctx, { ...params, role })
      return undefined
    },
  }
}

const endOf = ({ expiresAt }: { expiresAt: string | null }) => ({
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
})

async function listOf(ctx: Ctx, projectId: IdOf<"project"> | null) {
  const now = ctx.clock.now()
  const rows = await listed(ctx, await listSecrets(ctx.db, projectId))
  const items = rows.map((row) => showSecret(row, now))
  return { items, borrowed: await borrowedBy(ctx, projectId) }
}

async function borrowedBy(ctx: Ctx, projectId: IdOf<"project"> | null): Promise<BorrowedSecret[]> {
  const near = projectId === null ? [] : await listSharedWith(ctx.db, projectId)
  const far = await listFromAbroad(ctx.db)
  const now = ctx.clock.now()
  const of = ({ id, name, environment, type, expiresAt }: BorrowedPart) => ({
    ...{ id, name, environment, type, state: stateOf(expiresAt, now) },
    expiresAt: expiresAt?.toISOString() ?? null,
  })
  return [
    ...near.map(({ row, from }) => ({
      ...of(row),
      ...{ reference: `secret:${row.name}`, from: from ?? "This organization" },
    })),
    ...far.map((row) => ({
      ...of(row),
      ...{ reference: `secret:${row.organization}/${row.name}`, from: row.organizationName },
    })),
  ]
}

type BorrowedPart = Pick<SecretRow, "id" | "name" | "environment" | "type" | "expiresAt">
