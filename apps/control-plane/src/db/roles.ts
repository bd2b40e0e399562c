import { fault } from "@vibecaas/kernel/fault"
import pg from "pg"
import { pgCode } from "./errors.ts"

/**
 * The roles of one installation.
 *
 * - `vibecaas_owner` owns schemas and tables; nobody signs in as it.
 * - `vibecaas_functions` owns the named functions that look beyond one organization; nobody either.
 * - `vibecaas_app`, `vibecaas_auth`, `vibecaas_queue`: the server signs in as these. They own
 *   nothing and are subject to row-level security.
 */
export const ownerRole = "vibecaas_owner"
export const functionsRole = "vibecaas_functions"
export const serverRoles = {
  app: "vibecaas_app",
  auth: "vibecaas_auth",
  queue: "vibecaas_queue",
} as const
export type ServerRole = keyof typeof serverRoles

// On the role, not the connection: poolers such as PgBouncer refuse settings at connection time.
const roleSettings: Record<ServerRole, Record<string, string>> = {
  app: {
    statement_timeout: "15s",
    lock_timeout: "10s",
    idle_in_transaction_session_timeout: "30s",
  },
  auth: {
    search_path: "auth",
    statement_timeout: "15s",
    idle_in_transaction_session_timeout: "30s",
  },
  queue: { idle_in_transaction_session_timeout: "60s" },
}

/** Creates or updates the roles; they belong to the whole cluster, not to one database. */
export async function ensureRoles(
  admin: pg.Client,
  passwords: Record<ServerRole, string>,
): Promise<void> {
  await createRole(admin, ownerRole, "nologin")
  await createRole(admin, functionsRole, "nologin")
  for (const [name, role] of Object.entries(serverRoles) as [ServerRole, string][]) {
    await createRole(admin, role, "login")
    const password = pg.escapeLiteral(passwords[name])
    await alter(admin, `alter role ${role} login password ${password}`)
    for (const [setting, value] of Object.entries(roleSettings[name])) {
      await alter(admin, `alter role ${role} set ${setting} = '${value}'`)
    }
  }
  await alter(admin, `grant ${functionsRole} to ${ownerRole}`)
  // An administrator who is not a superuser must be a member to become the owner. Not to inherit
  // from it: PostgreSQL would then take the owner for who grants, and refuse "your own grantor".
  await alter(
    admin,
    `grant ${ownerRole}, ${functionsRole} to current_user with set true, inherit false`,
  )
  await refuseMightyRoles(admin)
}

async function createRole(admin: pg.Client, role: string, login: string): Promise<void> {
  const { rowCount } = await admin.query("select from pg_roles where rolname = $1", [role])
  if (rowCount) return
  try {
    await admin.query(`create role ${role} ${login}`)
  } catch (error) {
    // Somebody preparing another database of this cluster was faster.
    if (!["42710", "23505"].includes(pgCode(error) ?? "")) throw error
  }
}

/** Two sessions that change one role at once: the later one fails with "tuple concurrently updated". */
async function alter(admin: pg.Client, statement: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await admin.query(statement)
      return
    } catch (error) {
      if (pgCode(error) !== "XX000" || attempt === 20) throw error
    }
  }
}

async function refuseMightyRoles(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ rolname: string }>(
    "select rolname from pg_roles where rolname = any($1) and (rolsuper or rolbypassrls)",
    [Object.values(serverRoles)],
  )
  if (rows.length === 0) return
  throw fault("unavailable", {
    say: `The database role ${rows.map((row) => row.rolname).join(", ")} may bypass row-level security, so tenants would not be separated. Remove SUPERUSER and BYPASSRLS from it.`,
  })
}
