import { type MasterKey, open } from "@vibecaas/kernel/seal"
import type { Database, Tx } from "../../db/tenant.ts"
import { dataKeyOf, opened } from "./opened.ts"
import { organizationsNotWrappedBy, valuesOf } from "./queries.ts"
import { type SealedColumn, sealedColumns } from "./sealed-columns.ts"

/** What a master key opens of all that is sealed. */
export interface Verified {
  organizations: number
  /** values that opened, by column */
  opened: Record<string, number>
  /** values that did not, as `column id` */
  broken: string[]
}

/** Opens every sealed value of the installation, and keeps none. */
export async function verify(database: Database, master: MasterKey): Promise<Verified> {
  const all = await database.asPlatform((tx) => organizationsNotWrappedBy(tx, ""))
  const found: Verified = { organizations: all.length, opened: {}, broken: [] }
  for (const organizationId of all) {
    await database.inOrganization(organizationId, async (tx) => {
      // Without it nothing of the organization opens; its own column says so.
      const dataKey = await dataKeyOf(tx, master, organizationId)
      for (const column of sealedColumns.filter(({ of }) => of === "organization")) {
        const key = column.by === "master" ? master : dataKey
        await openAll(tx, { column, organizationId, key }, found)
      }
    })
  }
  await database.asPlatform(async (tx) => {
    for (const column of sealedColumns.filter(({ of }) => of === "installation"))
      await openAll(tx, { column, organizationId: "", key: master }, found)
  })
  return found
}

async function openAll(
  tx: Tx,
  of: { column: SealedColumn; organizationId: string; key: MasterKey | undefined },
  found: Verified,
): Promise<void> {
  const { column, organizationId, key } = of
  const name = column.column
  for (const { id, sealed } of await valuesOf(tx, column)) {
    if (key && opened(() => open(key, sealed, column.context({ organizationId, id }))))
      found.opened[name] = (found.opened[name] ?? 0) + 1
    else found.broken.push(`${name} ${id}`)
  }
}
