import type { Pool } from "pg"

interface Column {
  name: string
  type: string
  needed: boolean
  /** the table that it refers to by an id */
  parent: string | null
}

/** Values that code reads, and that must be as code writes them. */
const special: Record<string, Record<string, unknown>> = {
  "public.machines": { wanted: "stopped", state: "stopped" },
  "public.apps": { state: "stopped" },
  "public.mcp_servers": { headers: "[]" },
}

/** Tables whose rows are sealed: tests write them as people do. */
const sealed = new Set(["secrets", "secret_versions", "secret_shares", "secret_uses"])

/**
 * Writes a row into every table that hangs on a project, as the superuser and whatever the table is: also into
 * those that come.
 *
 * @returns the tables
 */
export async function fillTables(
  pool: Pick<Pool, "query">,
  of: { organizationId: string; projectId: string },
): Promise<string[]> {
  const found = await pool.query<{ tab: string }>("select tab from tables_of_project($1)", [
    of.projectId,
  ])
  const waiting = new Set(found.rows.map(({ tab }) => tab))
  waiting.delete("public.projects")
  for (const name of sealed) waiting.delete(`public.${name}`)
  const all = [...waiting]
  const made = new Map([["public.projects", of.projectId]])
  await pool.query(
    "insert into attachment_contents (organization_id, sha256, content) values ($1, 'x', '\\x00') on conflict do nothing",
    [of.organizationId],
  )
  while (waiting.size > 0) {
    const before = waiting.size
    for (const table of waiting) {
      const columns = await columnsOf(pool, table)
      if (columns.some(({ parent }) => parent !== null && waiting.has(parent) && parent !== table))
        continue
      made.set(table, await insert(pool, { table, columns, made, ...of }))
      waiting.delete(table)
    }
    if (waiting.size === before) throw new Error(`cannot be filled: ${[...waiting]}`)
  }
  return all
}

async function insert(
  pool: Pick<Pool, "query">,
  of: {
    table: string
    columns: readonly Column[]
    made: ReadonlyMap<string, string>
    organizationId: string
    projectId: string
  },
): Promise<string> {
  const { table, made, organizationId, projectId } = of
  const id = `${table.replace("public.", "")}-${projectId}`
  const known: Record<string, unknown> = {
    ...{ id, organization_id: organizationId, project_id: projectId },
    ...special[table],
  }
  const used = of.columns.filter(
    ({ name, needed, parent }) => needed || parent !== null || name in known,
  )
  const values = used.map(({ name, type, parent }) => {
    if (name in known) return known[name]
    return parent === null ? plainValue(type) : (made.get(parent) ?? "x")
  })
  const names = used.map(({ name }) => `"${name}"`).join(", ")
  const places = used.map((_, at) => `$${at + 1}`).join(", ")
  await pool.query(
    `insert into ${table} (${names}) values (${places}) on conflict do nothing`,
    values,
  )
  return id
}

function plainValue(type: string): unknown {
  if (type.endsWith("[]")) return []
  if (type === "jsonb") return "{}"
  if (type === "boolean") return false
  if (type === "bytea") return Buffer.from("x")
  if (type.startsWith("timestamp")) return new Date(0)
  if (type === "text") return "x"
  return 0
}

async function columnsOf(pool: Pick<Pool, "query">, table: string): Promise<Column[]> {
  const { rows } = await pool.query<Column>(
    `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
       a.attnotnull and not a.atthasdef as needed,
       (select format('public.%I', p.relname) from pg_constraint k join pg_class p on p.oid = k.confrelid
        join pg_attribute r on r.attrelid = k.confrelid and r.attnum = k.confkey[2]
        where k.contype = 'f' and k.conrelid = a.attrelid and k.conkey[2] = a.attnum and r.attname = 'id'
        limit 1) as parent
     from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and a.attidentity = ''`,
    [table],
  )
  return rows
}

/** Tables in which a row of an organization names a project or something of it. */
export async function tablesNaming(
  pool: Pick<Pool, "query">,
  of: { organizationId: string; projectId: string },
): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
       and a.attname = 'organization_id' and not a.attisdropped`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const text = `select 1 from ${name} t where organization_id = $1 and strpos(to_jsonb(t)::text, $2) > 0 limit 1`
    if ((await pool.query(text, [of.organizationId, of.projectId])).rowCount) found.push(name)
  }
  return found.toSorted()
}
