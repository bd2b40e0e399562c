import { randomBytes } from "node:crypto"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { passkey } from "@better-auth/passkey"
import { getMigrations } from "better-auth/db/migration"
import { twoFactor } from "better-auth/plugins/two-factor"
import { generateDrizzleJson, generateMigration } from "drizzle-kit/api"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { codesOnce } from "../http/auth/codes-once.ts"
import { type TestDatabase, testDatabase } from "./testing/test-database.ts"

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db.close())

/** Every table that is described anywhere in the folder. */
const folder = join(import.meta.dirname, "tables")
const tables: Record<string, unknown> = Object.assign(
  {},
  ...(await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))))),
)

test("the migrated database has exactly the tables that the code describes", async () => {
  const statements = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(tables))
  const described = await inScratchDatabase(statements)
  expect(await shapeOf(db.adminPool)).toEqual(described)
})

test("the sign-in library finds its tables as it would make them", async () => {
  const pool = new pg.Pool({ connectionString: db.urls.auth })
  const { toBeCreated, toBeAdded } = await getMigrations({
    database: pool,
    emailAndPassword: { enabled: true },
    plugins: [twoFactor(), codesOnce(), passkey()],
    secret: randomBytes(32).toString("hex"),
  })
  await pool.end()
  expect([...toBeCreated, ...toBeAdded]).toEqual([])
})

/** What a database looks like that only these statements made. */
async function inScratchDatabase(statements: string[]): Promise<string[]> {
  const name = `scratch_${randomBytes(6).toString("hex")}`
  await db.adminPool.query(`create database ${name}`)
  const url = new URL(db.adminUrl)
  url.pathname = name
  const scratch = new pg.Pool({ connectionString: url.href })
  try {
    for (const statement of statements) await scratch.query(statement)
    return await shapeOf(scratch)
  } finally {
    await scratch.end()
    await db.adminPool.query(`drop database ${name}`)
  }
}

/** Columns, constraints and indexes, one line each. The tables of the loops are their package's. */
async function shapeOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    with ours as (
      select oid, relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'r'
        and relname not like 'reconcile\\_%'
    )
    select concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull,
      attidentity, pg_get_expr(adbin, adrelid)) as line
    from ours join pg_attribute on attrelid = oid and attnum > 0 and not attisdropped
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    union all
    select concat_ws(' ', relname, conname, pg_get_constraintdef(c.oid))
    from ours join pg_constraint c on conrelid = ours.oid
    union all
    select concat_ws(' ', relname, pg_get_indexdef(indexrelid))
    from ours join pg_index on indrelid = oid
    order by 1`)
  return rows.map(({ line }) => line)
}
