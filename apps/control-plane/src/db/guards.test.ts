import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createOrganization } from "./testing/seed.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

/** Tables without an organization, each with the reason why nobody can read a tenant's data in it. */
const withoutOrganization = {
  model_providers: "the installation's own: addresses, and keys that are sealed by the master key",
  model_roles: "the installation's own: which models its agents ask",
  platform_keys: "the installation's own keys, sealed by the master key",
  platform_admins: "ids of people who run the installation; the server's role has no right to it",
  disabled_people: "ids of people who were shut out, and why; read by named functions alone",
  people_seen: "when people were here last; read by named functions alone",
  device_logins: "programs that ask to be signed in; read by named functions alone",
  impersonations: "sign-ins by which administrators look as people; read by named functions alone",
  signing_keys: "the installation's own: what tokens are signed with, sealed by the master key",
  pulse: "one instant: when somebody last saw that changes are taken",
  rate_counters: "how often ids and addresses called; read by the function that counts alone",
  live_horizon: "one transaction number: how far events were removed",
  reconcile_leases: "names of objects that loops work on; read by the loops' role",
  reconcile_sweeps: "when each loop last swept",
  "auth.user": "the sign-in library's, with a role of its own",
  "auth.twoFactor": "the sign-in library's, with a role of its own",
  "auth.passkey": "the sign-in library's, with a role of its own",
  "auth.session": "the sign-in library's, with a role of its own",
  "auth.account": "the sign-in library's, with a role of its own",
  "auth.verification": "the sign-in library's, with a role of its own",
  "drizzle.__drizzle_migrations": "which migrations were run; no role of the server may read it",
}

const rows = async <Row extends object>(text: string) =>
  (await db.adminPool.query<Row & Record<string, unknown>>(text)).rows

describe("row-level security", () => {
  test("is forced, with a policy for everybody, on every table that names an organization", async () => {
    const open = await rows(`
      select c.oid::regclass::text as table from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where c.relkind in ('r', 'p') and not (c.relrowsecurity and c.relforcerowsecurity and exists (
        select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant'
          and p.polroles = '{0}' and p.polcmd = '*'))`)
    expect(open).toEqual([])
  })

  test("covers every other table too, or the table is on the list with its reason", async () => {
    const others = await rows<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm') and not c.relforcerowsecurity
        and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`)
    const names = others.map(({ name }) => name.replaceAll('"', ""))
    expect(names.sort()).toEqual(Object.keys(withoutOrganization).sort())
  })

  test("lets only the named functions look further", async () => {
    const further = await rows(`
      select distinct r.rolname as role from pg_policy p, unnest(p.polroles) as o (oid)
      join pg_roles r on r.oid = o.oid where p.polname <> 'tenant' and p.polname not like 'handed_over%'`)
    expect(further).toEqual([{ role: "vibecaas_functions" }])
  })

  test("lets the owner's functions hand rows over and look no further, on every tenant table", async () => {
    const handing = await rows(`
      select distinct r.rolname as role, p.polcmd as command, (
        select pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(t.polqual, t.polrelid)
        from pg_policy t where t.polrelid = p.polrelid and t.polname = 'tenant') as "sameRows"
      from pg_policy p, unnest(p.polroles) as o (oid)
      join pg_roles r on r.oid = o.oid where p.polname = 'handed_over'`)
    expect(handing).toEqual([{ role: "vibecaas_owner", command: "w", sameRows: true }])
    const without = await rows(`
      select c.relname as table from pg_policy t join pg_class c on c.oid = t.polrelid
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
      where t.polname = 'tenant' and not exists (
        select from pg_policy p where p.polrelid = c.oid and p.polname = 'handed_over')`)
    expect(without).toEqual([])
  })

  test("shows no row of another organization in any table, and takes none for it", async () => {
    const a = await createOrganization(db)
    const b = await createOrganization(db)
    const project = `insert into projects (id, organization_id, name, slug, preview, created_by)
      values ($1, $2, 'Secret', $1, 'private', 'Mara')`
    await db.adminPool.query(project, ["prj_of_b", b.organizationId])

    const tables = await rows<{ name: string; tenant: string }>(`
      select c.relname as name, case c.relname when 'organizations' then 'id' else 'organization_id' end
        as tenant from pg_class c where c.relforcerowsecurity and c.relkind = 'r'`)
    expect(tables.length).toBeGreaterThan(10)
    await db.database.inOrganization(a.organizationId, async (tx) => {
      for (const { name, tenant } of tables) {
        const text = `select ${tenant} as owner from ${name} where ${tenant} <> $1`
        expect(await tx.query({ name: `leak_${name}`, text }, [a.organizationId])).toEqual([])
      }
    })
    const intrusion = db.database.inOrganization(a.organizationId, (tx) =>
      tx.query({ name: "test_intrude", text: project }, ["prj_x", b.organizationId]),
    )
    await expect(intrusion).rejects.toThrow("row-level security")
  })

  test("does not let a reference be planted on another organization's row", async () => {
    const a = await createOrganization(db)
    const b = await createOrganization(db)
    const project = `insert into projects (id, organization_id, name, slug, preview, created_by)
      values ($1, $2, 'Theirs', $1, 'private', 'Mara')`
    await db.adminPool.query(project, ["prj_theirs", b.organizationId])
    const planted = db.database.inOrganization(a.organizationId, (tx) =>
      tx.query(
        {
          name: "test_plant",
          text: "insert into holds (organization_id, parent_id, loop, holder_id) values ($1, $2, 'x', 'x')",
        },
        [a.organizationId, "prj_theirs"],
      ),
    )
    await expect(planted).rejects.toMatchObject({ code: "23503" })
  })
})

describe("the server's roles", () => {
  const ours = "('vibecaas_app', 'vibecaas_auth', 'vibecaas_queue')"

  test("own no table and bypass nothing", async () => {
    const mighty = await rows(`
      select rolname from pg_roles r where rolname in ${ours} and (rolsuper or rolbypassrls
        or rolcreaterole or rolcreatedb
        or exists (select from pg_class c where c.relowner = r.oid)
        or exists (select from pg_auth_members m where m.member = r.oid))`)
    expect(mighty).toEqual([])
  })

  test("can create nothing", async () => {
    const makers = await rows(`
      select rolname as role, nspname as schema from pg_roles, pg_namespace
      where rolname in ${ours} and nspname !~ '^pg_' and has_schema_privilege(rolname, nspname, 'create')`)
    expect(makers).toEqual([])
  })

  test("keep to their rooms", async () => {
    const reach = await rows<{ role: string; schemas: string[] }>(`
      select rolname as role, array_agg(distinct nspname::text order by nspname::text) as schemas
      from pg_roles, pg_class c join pg_namespace n on n.oid = c.relnamespace
      where rolname in ${ours} and nspname !~ '^(pg_|information_schema)' and relkind = 'r'
        and has_table_privilege(rolname, c.oid, 'select, insert, update, delete')
      group by rolname order by rolname`)
    expect(reach).toEqual([
      { role: "vibecaas_app", schemas: ["public"] },
      { role: "vibecaas_auth", schemas: ["auth"] },
      { role: "vibecaas_queue", schemas: ["public"] },
    ])
  })

  test("cannot read administrators or the sign-in library's tables past the named functions", async () => {
    for (const table of ["platform_admins", 'auth."user"']) {
      const attempt = db.database.asPlatform((tx) =>
        tx.query({ name: `peek_${table.length}`, text: `select * from ${table}` }, []),
      )
      await expect(attempt).rejects.toThrow("permission denied")
    }
  })
})

describe("functions that run with their owner's rights", () => {
  test("pin their search path, belong to nobody who signs in, and are not everybody's", async () => {
    const loose = await rows(`
      select p.oid::regprocedure::text as name from pg_proc p join pg_roles r on r.oid = p.proowner
      where p.prosecdef and p.pronamespace = 'public'::regnamespace and (
        r.rolcanlogin or r.rolsuper or r.rolbypassrls
        or has_function_privilege('public', p.oid, 'execute')
        -- A body in "begin atomic" is bound to its tables without a path.
        or (p.prosqlbody is null and not coalesce(p.proconfig::text like '%search_path=pg_catalog%', false)))`)
    expect(loose).toEqual([])
  })
})

describe("append-only tables", () => {
  const tables = ["audit_records", "usage_events"]

  test.each(tables)("%s refuses update, delete and truncate, from its owner too", async (table) => {
    for (const change of [
      `update ${table} set id = id`,
      `delete from ${table}`,
      `truncate ${table}`,
    ]) {
      await expect(db.adminPool.query(change)).rejects.toThrow(`${table} is append-only`)
    }
  })

  test.each(tables)("the server's role has no right to change %s either", async (table) => {
    const { organizationId } = await createOrganization(db)
    const attempt = db.database.inOrganization(organizationId, (tx) =>
      tx.query({ name: `test_tamper_${table}`, text: `update ${table} set id = id` }, []),
    )
    await expect(attempt).rejects.toThrow("permission denied")
  })
})
