import { fileURLToPath } from "node:url"
import { fault } from "@vibecaas/kernel/fault"
import { reconcileSchema } from "@vibecaas/reconcile/schema"
import { drizzle } from "drizzle-orm/node-postgres"
import { migrate } from "drizzle-orm/node-postgres/migrator"
import pg from "pg"
import { translated } from "./errors.ts"
import { ensureRoles, ownerRole, type ServerRole, serverRoles } from "./roles.ts"

/** Where each part of the server connects; every one has its own role. */
export type DatabaseUrls = Record<ServerRole, string>

/**
 * Brings a database to what this version of the server needs: roles, schemas, tables, rights.
 * Safe to repeat, and safe when several processes do it at once.
 *
 * @param adminUrl a superuser, or a role that may create roles and owns the database
 * @param options.migrations a folder with earlier ones, for what an older installation is like
 * @throws Fault `unavailable` with a sentence when the database cannot be reached or used
 */
export async function prepareDatabase(
  adminUrl: string,
  options: { passwords: Record<ServerRole, string>; migrations?: string },
): Promise<DatabaseUrls> {
  const admin = new pg.Client({
    connectionString: adminUrl,
    connectionTimeoutMillis: 10_000,
    application_name: "vibecaas-prepare",
  })
  // The failure arrives where a query is awaited; without a listener it would end the process.
  admin.on("error", () => {})
  try {
    await admin.connect()
    await refuseOldServer(admin)
    // Released with the connection.
    await admin.query("select pg_advisory_lock(hashtext('vibecaas_prepare'))")
    await ensureRoles(admin, options.passwords)
    await ensureSchemas(admin)
    await admin.query(`set role ${ownerRole}`)
    await admin.query("set search_path = public")
    await admin.query(`grant usage on schema auth to ${serverRoles.auth}`)
    await migrate(drizzle(admin), { migrationsFolder: options.migrations ?? migrationsFolder })
    await prepareLoops(admin)
  } catch (error) {
    throw translated(error)
  } finally {
    await admin.end().catch(() => {})
  }
  return urlsOf(adminUrl, options.passwords)
}

export const migrationsFolder = fileURLToPath(new URL("./migrations", import.meta.url))

async function refuseOldServer(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ number: number; version: string }>(
    "select current_setting('server_version_num')::int as number, current_setting('server_version') as version",
  )
  if ((rows[0]?.number ?? 0) >= 160_000) return
  throw fault("unavailable", {
    say: `PostgreSQL ${rows[0]?.version} is too old; version 16 or newer is needed (18 is tested).`,
  })
}

async function ensureSchemas(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    "select quote_ident(current_database()) as name",
  )
  await admin.query(`grant create on database ${rows[0]?.name} to ${ownerRole}`)
  await admin.query(`grant usage, create on schema public to ${ownerRole} with grant option`)
  await admin.query(`create schema if not exists auth authorization ${ownerRole}`)
}

/** Tables of the loops: their package knows them; who may use them is ours to say. */
async function prepareLoops(admin: pg.Client): Promise<void> {
  const { app, queue } = serverRoles
  await admin.query(reconcileSchema)
  await admin.query(dropOldQueue)
  await admin.query(`
    grant select, insert, update, delete on reconcile_leases, reconcile_sweeps to ${queue};
    grant usage on sequence reconcile_fence to ${queue};
    revoke all on function reconcile_fence_current from public;
    grant execute on function reconcile_fence_current to ${queue}, ${app};
  `)
}

/** The queue that installations from before the loops' rows were one have beside them; only if it is ours. */
const dropOldQueue = `do $$ begin
  if exists (select from pg_namespace
    where nspname = 'bullmq' and pg_get_userbyid(nspowner) = current_user) then
    drop schema bullmq cascade;
  end if;
end $$`

function urlsOf(adminUrl: string, passwords: Record<ServerRole, string>): DatabaseUrls {
  const urlOf = (name: ServerRole) => {
    const url = new URL(adminUrl)
    url.username = serverRoles[name]
    url.password = encodeURIComponent(passwords[name])
    return url.href
  }
  return { app: urlOf("app"), auth: urlOf("auth"), queue: urlOf("queue") }
}
