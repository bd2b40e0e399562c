import type { IdOf } from "@vibecaas/contract/kinds"
import { changed } from "../core/changes.ts"
import type { Ctx } from "../core/ctx.ts"
import { emit } from "../core/emit.ts"
import { wakeHolders } from "../core/holds.ts"
import type { Resource } from "../core/resource.ts"
import { currentVersions, listShares, listUses, lockSecret } from "./queries.ts"
import type { ListedSecret, SecretRow, VersionRow } from "./secret.ts"

/** Says that a secret is not as it was, and nothing else of it: more people listen than may see it. */
export function tellSecret(ctx: Ctx, { id }: Pick<SecretRow, "id">): void {
  changed(ctx, `secret/${id}`, async () =>
    emit(ctx, { kind: "secret.changed", about: {}, id, data: null }),
  )
}

export const secretResource: Resource<SecretRow> = {
  noun: "secret",
  loop: "secrets",
  find: (ctx, id) => lockSecret(ctx.db, id),
  about: async (_, { name }) => name,
  tell: tellSecret,
}

/**
 * Wakes the apps that a secret is given to: they look at what they were started with, and start again
 * when it is not that any more. Those of other organizations see it by their next sweep.
 */
export async function wakeApps(ctx: Ctx, row: SecretRow): Promise<void> {
  // What another kind keeps is given to no app.
  if (row.keptBy !== null) return
  const shares = await listShares(ctx.db, [row.id])
  const uses = await listUses(ctx.db, [row.id])
  const projects = new Set<IdOf<"project">>(uses.map(({ projectId }) => projectId))
  if (row.projectId !== null) projects.add(row.projectId)
  for (const { toProjectId } of shares) if (toProjectId !== null) projects.add(toProjectId)
  for (const projectId of projects) await wakeHolders(ctx, projectId)
}

/** With what lists show of them. */
export async function listed(ctx: Ctx, rows: readonly SecretRow[]): Promise<ListedSecret[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const versions = await currentVersions(ctx.db, ids)
  const [uses, shares] = [await listUses(ctx.db, ids), await listShares(ctx.db, ids)]
  return rows.map((row) => ({
    row,
    current: versions.find(({ secretId }) => secretId === row.id) as VersionRow, // each has one
    uses: uses.filter(({ secretId }) => secretId === row.id),
    shares: shares.filter(({ secretId }) => secretId === row.id),
  }))
}

export async function listedOne(ctx: Ctx, row: SecretRow): Promise<ListedSecret> {
  const [one] = await listed(ctx, [row])
  return one as ListedSecret // one for each row
}
