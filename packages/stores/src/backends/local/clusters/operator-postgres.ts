import { fault } from "@vibecaas/kernel/fault"
import { systemPath } from "@vibecaas/kernel/programs"
import { run } from "@vibecaas/kernel/spawn"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import type { Settings } from "../options.ts"
import { type OperatorServer, readOperatorUrl } from "./operator-url.ts"
import type { PostgresServer } from "./postgres-server.ts"
import { findClient } from "./programs.ts"
import { openRelay, type Relay } from "./relay.ts"
import { demand } from "./server-account.ts"

const relayPort = 5432

/**
 * A PostgreSQL that the operator runs: never started nor ended by us. Each store has a role and a database there.
 *
 * @throws Fault `invalid` with a sentence when it must not be used
 */
export async function openOperatorPostgres(
  settings: Settings,
  { url, refusesRole }: NonNullable<Settings["postgres"]>,
): Promise<PostgresServer> {
  const server = readOperatorUrl(url)
  const { socket, port, relay } = await doorTo(settings, server)
  const psql = async (text: string, database = server.database) => {
    const { bin } = await client(undefined)
    const argv = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only"]
    const to = [`--host=${socket}`, `--port=${port}`, `--username=${server.user}`]
    const how = ["--no-password", "--set=ON_ERROR_STOP=1", `--dbname=${database}`]
    const env = { PATH: systemPath, LC_ALL: "C.UTF-8", PGPASSWORD: server.password }
    return run(`${bin}/psql`, [...argv, ...to, ...how], { env, stdin: text, timeoutMs: 300_000 })
  }
  const ask = async (text: string) => (await demand(psql(text), "do what it was asked")).trim()
  const major = async () => Math.floor(Number(await ask("show server_version_num")) / 10_000)
  /** Nothing, or why it must not be used, or why it cannot be. */
  const lacks = async () => {
    const tools = await findClient(undefined)
    if (typeof tools === "string") return tools
    const version = await major().catch(() => undefined)
    if (version === undefined)
      return "The PostgreSQL of STORES_DATABASE_URL does not answer, or does not let us in."
    return refusalOf({ version, ask, refusesRole })
  }
  const needed = async () => {
    const why = await lacks()
    if (why) throw fault("unavailable", { say: why, retryable: true })
  }
  const wrong = await lacks()
  if (wrong?.startsWith("STORES_DATABASE_URL")) {
    await relay?.close()
    throw fault("invalid", { say: wrong })
  }
  if (wrong) settings.log.warn({ lacks: wrong }, "stores cannot have a database in PostgreSQL")
  return {
    ...{ socket, port: () => port, lacks, ensure: needed },
    version: async () => String(await major()),
    program: async (name) => `${(await client(await major())).bin}/${name}`,
    started: async () => true,
    answers: async () => (await psql("select 1").catch(() => undefined))?.exitCode === 0,
    sql: async (text, database) => demand(psql(text, database), "do what it was asked"),
    stop: async () => relay?.close(),
  }
}

/** A folder with a socket that leads to the server. */
async function doorTo(
  settings: Settings,
  { at }: OperatorServer,
): Promise<{ socket: string; port: number; relay?: Relay }> {
  if ("socket" in at) return at
  const socket = `${settings.stateDir}/pg`
  await makeDirectory(socket, 0o755)
  const relay = await openRelay(`${socket}/.s.PGSQL.${relayPort}`, at, settings.log)
  return { socket, port: relayPort, relay }
}

async function client(version: number | undefined) {
  const found = await findClient(version)
  if (typeof found !== "string") return found
  throw fault("unavailable", { say: found })
}

async function refusalOf(server: {
  version: number
  ask(text: string): Promise<string>
  refusesRole: string
}): Promise<string | undefined> {
  const { version, ask, refusesRole } = server
  const tools = await findClient(version)
  if (typeof tools === "string") return `STORES_DATABASE_URL: ${tools}`
  const role = `select count(*) from pg_roles where rolname = '${refusesRole.replaceAll("'", "''")}'`
  if ((await ask(role)) !== "0")
    return "STORES_DATABASE_URL: this server has the platform's own database. Use another server: shops must never share one with it."
  const may = await ask(
    "select rolsuper or (rolcreaterole and rolcreatedb) from pg_roles where rolname = current_user",
  )
  if (may === "t") return undefined
  return "STORES_DATABASE_URL: its role may not make roles and databases. Allow it with: alter role … createrole createdb"
}
