import type { IdOf } from "@vibecaas/contract/kinds"
import { eq } from "drizzle-orm"
import type { Ctx } from "../../core/ctx.ts"
import { secretShares, secrets, secretVersions } from "../../db/tables/secrets.ts"
import { insertVersion, listVersions } from "../queries.ts"
import { openSealed, readValue, sealValue } from "../seal-value.ts"
import type { VersionRow } from "../secret.ts"
import type { SealParts } from "../secrets-parts.ts"

type ProjectId = IdOf<"project">

interface Carried {
  id: IdOf<"secret">
  versions: (VersionRow & { value: string })[]
  /** signs calls of its hook */
  hook: string | null
}

/**
 * Opens a project's own secrets, so that they can be sealed by another organization's key once they are its:
 * call what is answered there, in the same transaction. Nothing is lent or shared any more by then.
 */
export async function carrySecrets(
  giving: Ctx,
  parts: SealParts,
  projectId: ProjectId,
): Promise<(taking: Ctx) => Promise<void>> {
  const rows = await giving.db.orm.select().from(secrets).where(eq(secrets.projectId, projectId))
  const carried: Carried[] = []
  for (const { id, hookKey } of rows) {
    await giving.db.orm.delete(secretShares).where(eq(secretShares.secretId, id))
    const versions: Carried["versions"] = []
    for (const version of (await listVersions(giving.db, id)).toReversed()) {
      const of = { secretId: id, number: version.number }
      versions.push({ ...version, value: (await readValue(giving, parts, of)) ?? "" })
    }
    const hook = hookKey && (await openSealed(giving, parts, { ...hookOf(id), sealed: hookKey }))
    carried.push({ id, versions, hook })
  }
  const text = "select end_shares_with($1)"
  await giving.db.query({ name: "secrets_end_shares_with", text }, [projectId])
  return async (taking) => {
    for (const { id, versions, hook } of carried) {
      await taking.db.orm.delete(secretVersions).where(eq(secretVersions.secretId, id))
      const { organizationId } = taking
      for (const { value, ...version } of versions) {
        const { secretId, number } = version
        const sealed = await sealValue(taking, parts, { secretId, number, value })
        await insertVersion(taking.db, { ...version, organizationId, sealed })
      }
      if (!hook) continue
      const hookKey = await sealValue(taking, parts, { ...hookOf(id), value: hook })
      await taking.db.orm.update(secrets).set({ hookKey }).where(eq(secrets.id, id))
    }
  }
}

const hookOf = (secretId: IdOf<"secret">) => ({ secretId, number: 0 })

/** What others share with a project, and what of its own is shared with others: names, without doubles. */
export async function sharesOf(
  ctx: Ctx,
  projectId: ProjectId,
): Promise<{ borrowed: string[]; lent: string[] }> {
  const text = "select name, source from secrets_given($1)"
  const given = await ctx.db.query<{ name: string; source: string }>(
    { name: "secrets_names_given", text },
    [projectId],
  )
  const lent = await ctx.db.orm
    .selectDistinct({ name: secrets.name })
    .from(secretShares)
    .innerJoin(secrets, eq(secrets.id, secretShares.secretId))
    .where(eq(secrets.projectId, projectId))
  const borrowed = given.filter(({ source }) => source !== "project").map(({ name }) => name)
  return {
    borrowed: [...new Set(borrowed)].toSorted(),
    lent: lent.map(({ name }) => name).toSorted(),
  }
}
