import { getTableColumns } from "drizzle-orm"
import type { PgTable } from "drizzle-orm/pg-core"

/**
 * Columns of a table as SQL, each under the name it has in the code: what `select` and `returning`
 * of a text ask for, so that the table is the only list.
 *
 * @param only the names in the code; all when absent
 * @param as SQL instead of the plain column, for some
 */
export function columnsOf<Table extends PgTable>(
  table: Table,
  only?: readonly (keyof Table["$inferSelect"])[],
  as: Partial<Record<keyof Table["$inferSelect"], string>> = {},
): string {
  const sources: Record<string, string | undefined> = as
  return Object.entries(getTableColumns(table))
    .filter(([key]) => only?.includes(key) ?? true)
    .map(([key, { name }]) => `${sources[key] ?? name} as "${key}"`)
    .join(", ")
}
