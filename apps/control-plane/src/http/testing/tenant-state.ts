import type { TestDatabase } from "../../db/testing/test-database.ts"

/** What is refused is recorded too, and changes nothing else. */
const tellsOfChange = `t::text not like '%,access.deny,%'`

/**
 * What every tenant table has of an organization, as the superuser sees it: how many rows, and a sum of
 * what they say, which the database makes, since the matrix looks a thousand times at thousands of rows.
 */
export async function tenantState(
  db: TestDatabase,
  organizationId: string,
): Promise<Record<string, string>> {
  const tables = await db.adminPool.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
  )
  const of = (table: string, column: string) =>
    `select '${table}' as name,
       count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)), 0) as state
     from ${table} t where ${column} = $1 and ${table === "audit_records" ? tellsOfChange : "true"}`
  const all = [
    of("organizations", "id"),
    ...tables.rows.map(({ name }) => of(name, "organization_id")),
  ]
  const { rows } = await db.adminPool.query<{ name: string; state: string }>(
    all.join(" union all "),
    [organizationId],
  )
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]))
}
