import type { TestDatabase } from "../../db/testing/test-database.ts"

/** Every row of an organization in every tenant table, as the superuser sees them. */
export async function tenantRows(
  db: TestDatabase,
  organizationId: string,
): Promise<Record<string, string[]>> {
  const tables = await db.adminPool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  )
  const found: Record<string, string[]> = {}
  const keep = async (table: string, column: string) => {
    const { rows } = await db.adminPool.query<{ row: string }>(
      `select t::text as row from ${table} t where ${column} = $1 order by 1`,
      [organizationId],
    )
    found[table] = rows.map(({ row }) => row)
  }
  await keep("organizations", "id")
  for (const { name } of tables.rows) await keep(name, "organization_id")
  return found
}
