import { randomBytes } from "node:crypto"
import { fault } from "@vibecaas/kernel/fault"
import { makeTurns } from "@vibecaas/kernel/turns"
import type { ServerDatabase } from "../../../engine.ts"
import type { Datastore, Dump, Templates } from "../datastore.ts"
import type { Settings } from "../options.ts"
import { openOperatorPostgres } from "./operator-postgres.ts"
import { openPostgres, type PostgresServer } from "./postgres-server.ts"

const dumpMs = 30 * 60_000

/**
 * A database and a role for each store: in the stores' own PostgreSQL, started when the first needs it, or in one that the
 * operator runs.
 */
export async function postgresDatastore(settings: Settings): Promise<Datastore> {
  const server = settings.postgres
    ? await openOperatorPostgres(settings, settings.postgres)
    : await openPostgres(settings)
  const inTurn = makeTurns()
  const ensureServer = () => inTurn("server", () => server.ensure())
  const wake = async () => {
    if (await server.started()) await ensureServer()
  }
  const connection = (name: string, password: string): ServerDatabase => ({
    ...{ kind: "postgres" as const, socket: server.socket, name, user: name, password },
    tcp: { host: "127.0.0.1", port: server.port() },
  })
  return {
    kind: "postgres",
    lacks: () => server.lacks(),
    sees: [server.socket],
    connection: (storeId, secrets) => connection(storeId, secrets.databasePassword ?? ""),
    async ensure({ storeId }, { password, template }) {
      await ensureServer()
      // Two clones of one template at once refuse each other.
      await inTurn("create", () => ensureDatabase(server, { storeId, password, template }))
    },
    wake,
    async state(storeId) {
      if (!(await server.started())) return "absent"
      if (!(await server.answers())) return "unreachable"
      return (await isThere(server, "pg_database", "datname", storeId)) ? "ready" : "absent"
    },
    async size(storeId) {
      const sql = `select pg_database_size(${literal(storeId)})`
      const bytes = Number(await server.sql(sql).catch(() => ""))
      return bytes > 0 ? Math.round((bytes / 1024 / 1024) * 10) / 10 : undefined
    },
    dump: (store, to) => dump(server, store.storeId, to),
    load: (store, from) => load(server, store.storeId, from),
    async drop(storeId) {
      if (!(await server.started())) return
      await wake()
      await server.sql(`drop database if exists ${name(storeId)} with (force);
        drop role if exists ${name(storeId)};`)
    },
    async leftovers(storeId) {
      // Without a data folder there never was a store.
      if (!(await server.started())) return []
      if (!(await server.answers())) {
        throw fault("unavailable", { say: "The database server of stores does not answer." })
      }
      const database = await isThere(server, "pg_database", "datname", storeId)
      const role = await isThere(server, "pg_roles", "rolname", storeId)
      const because = "The server still has it."
      return [
        ...(database ? [{ kind: "database" as const, what: `database ${storeId}`, because }] : []),
        ...(role ? [{ kind: "role" as const, what: `role ${storeId}`, because }] : []),
      ]
    },
    async list() {
      if (!(await server.answers())) return []
      const names = await server.sql("select datname from pg_database where datname like 'sto\\_%'")
      return names.split("\n").filter(Boolean)
    },
    templates: templatesOf({ server, ensureServer, connection }),
    close: () => server.stop(),
  }
}

async function ensureDatabase(
  server: PostgresServer,
  of: { storeId: string; password: string; template: string | undefined },
): Promise<void> {
  const { storeId, template } = of
  const own = name(storeId)
  await ensureRole(server, storeId, of.password)
  if (await isThere(server, "pg_database", "datname", storeId)) return
  // A clone is told by its name only when all of it is the store's.
  const unfinished = name(`${storeId}_new`)
  await server.sql(`drop database if exists ${unfinished} with (force);
    create database ${unfinished} ${template ? `template ${name(template)}` : "template template0 encoding 'UTF8'"};
    revoke all on database ${unfinished} from public;
    alter database ${unfinished} owner to ${own};`)
  const ofTemplate = template
    ? `reassign owned by ${name(template)} to ${own}; drop owned by ${name(template)};`
    : ""
  await server.sql(`${ofTemplate} alter schema public owner to ${own};`, `${storeId}_new`)
  await server.sql(`alter database ${unfinished} rename to ${own};`)
}

async function ensureRole(server: PostgresServer, role: string, password: string): Promise<void> {
  const own = name(role)
  const known = await isThere(server, "pg_roles", "rolname", role)
  const kind = "login nosuperuser nocreatedb nocreaterole"
  const how = known ? `alter role ${own} login` : `create role ${own} ${kind}`
  // Who is no superuser gives a database only to roles that it is a member of, and that inherit what an owner may.
  await server.sql(`${how} password ${literal(password)}; grant ${own} to current_user;`)
}

const isThere = async (server: PostgresServer, table: string, ...[column, value]: string[]) =>
  (await server.sql(`select 1 from ${table} where ${column} = ${literal(value ?? "")}`)).trim() ===
  "1"

/** As the store itself: what is in its data can do no more than the store. */
async function dump(server: PostgresServer, storeId: string, { file, password, run }: Dump) {
  await run({
    argv: [await server.program("pg_dump"), "--format=custom", ...toOwn(server, storeId)],
    ...{ env: { PGPASSWORD: password }, stdoutFile: file, timeoutMs: dumpMs },
    readOnly: [server.socket],
  })
  return `pg_dump ${await server.version()}`
}

async function load(server: PostgresServer, storeId: string, { file, password, run }: Dump) {
  const own = name(storeId)
  await server.sql(`drop database if exists ${own} with (force);
    create database ${own} template template0 encoding 'UTF8';
    revoke all on database ${own} from public;
    alter database ${own} owner to ${own};`)
  await server.sql(`alter schema public owner to ${own};`, storeId)
  await run({
    argv: [
      ...[await server.program("pg_restore"), "--no-owner", "--no-acl", "--exit-on-error"],
      ...toOwn(server, storeId),
    ],
    ...{ env: { PGPASSWORD: password }, stdinFile: file, timeoutMs: dumpMs },
    readOnly: [server.socket],
  })
}

const toOwn = (server: PostgresServer, storeId: string) => [
  ...[`--host=${server.socket}`, `--port=${server.port()}`],
  ...[`--username=${storeId}`, `--dbname=${storeId}`, "--no-password"],
]

interface TemplateParts {
  server: PostgresServer
  ensureServer(): Promise<void>
  connection(name: string, password: string): ServerDatabase
}

function templatesOf({ server, ensureServer, connection }: TemplateParts): Templates {
  const has = async (template: string) => {
    await ensureServer()
    return isThere(server, "pg_database", "datname", template)
  }
  return {
    has,
    async make(template, fill) {
      if (await has(template)) return
      const [own, unfinished] = [name(template), name(`${template}_new`)]
      const password = randomBytes(24).toString("hex")
      await ensureRole(server, template, password)
      await server.sql(`drop database if exists ${unfinished} with (force);
        create database ${unfinished} template template0 encoding 'UTF8';
        revoke all on database ${unfinished} from public;
        grant all on database ${unfinished} to ${own};`)
      await server.sql(`alter schema public owner to ${own};`, `${template}_new`)
      await fill({ ...connection(template, password), name: `${template}_new` })
      await server.sql(`alter role ${own} nologin;
        alter database ${unfinished} with is_template true allow_connections false;
        alter database ${unfinished} rename to ${own};`)
    },
  }
}

/** @throws Fault `invalid`: an identifier is only ever made of our own ids and names */
function name(identifier: string): string {
  if (/^[a-z0-9_]{1,63}$/.test(identifier)) return `"${identifier}"`
  throw fault("invalid", { say: "That is no name of a database.", note: identifier })
}

const literal = (text: string) => `'${text.replaceAll("'", "''").replaceAll("\0", "")}'`
