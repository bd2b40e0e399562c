import type { IdOf } from "@vibecaas/contract/kinds"
import type { MasterKey } from "@vibecaas/kernel/seal"
import { eq } from "drizzle-orm"
import type { Ctx } from "../../core/ctx.ts"
import { egressRules } from "../../db/tables/network.ts"
import { sealed, secretFor } from "../allow-host.ts"
import { listRules } from "../queries.ts"
import type { RuleRow } from "../rule.ts"

/** Opens what services of a project are asked with; call what is answered where the project is by then. */
export async function carryRules(
  giving: Ctx,
  masterKey: MasterKey,
  projectId: IdOf<"project">,
): Promise<(taking: Ctx) => Promise<void>> {
  const carried: { row: RuleRow; value: string }[] = []
  for (const row of await listRules(giving.db, projectId)) {
    const value = await secretFor(giving, masterKey, row)
    if (value !== undefined) carried.push({ row, value })
  }
  return async (taking) => {
    for (const { row, value } of carried) {
      const sealedValue = await sealed(taking, { masterKey }, { row, value })
      await taking.db.orm.update(egressRules).set({ sealedValue }).where(eq(egressRules.id, row.id))
    }
  }
}
