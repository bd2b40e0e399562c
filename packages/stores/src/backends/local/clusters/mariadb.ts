import { fault } from "@vibecaas/kernel/fault"
import { makeTurns } from "@vibecaas/kernel/turns"
import type { Datastore, Dump } from "../datastore.ts"
import type { Settings } from "../options.ts"
import { bytesIn, toMiB } from "../seen.ts"
import { type MariadbServer, openMariadb } from "./mariadb-server.ts"

const dumpMs = 30 * 60_000

/** A database and a user for each store in the stores' own MariaDB, which listens on its socket alone. */
export function mariadbDatastore(settings: Settings): Datastore {
  const server = openMariadb(settings)
  const inTurn = makeTurns()
  const ensureServer = () => inTurn("server", () => server.ensure())
  const wake = async () => {
    if (await server.started()) await ensureServer()
  }
  return {
    ...{ kind: "mariadb" as const, wake },
    lacks: async () => server.lacks(),
    sees: [server.folder],
    connection: (storeId, { databasePassword = "" }) => ({
      ...{ kind: "mariadb", socket: server.socket, name: storeId, user: storeId },
      password: databasePassword,
    }),
    async ensure({ storeId }, { password }) {
      await ensureServer()
      const user = `'${checked(storeId)}'@'localhost'`
      const secret = `identified by ${literal(password)}`
      await server.sql(`create database if not exists ${name(storeId)} character set utf8mb4;
        create user if not exists ${user} ${secret};
        alter user ${user} ${secret};
        grant all on ${name(storeId)}.* to ${user};`)
    },
    async state(storeId) {
      if (!(await server.started())) return "absent"
      const there = await databases(server).catch(() => undefined)
      if (there === undefined) return "unreachable"
      return there.includes(storeId) ? "ready" : "absent"
    },
    size: async (storeId) => toMiB(await bytesIn(`${server.data}/${checked(storeId)}`)),
    dump: (store, to) => dump(server, store.storeId, to),
    load: (store, from) => load(server, store.storeId, from),
    async drop(storeId) {
      if (!(await server.started())) return
      await wake()
      await server.sql(`drop database if exists ${name(storeId)};
        drop user if exists '${checked(storeId)}'@'localhost';`)
    },
    async leftovers(storeId) {
      if (!(await server.started())) return []
      if (!(await server.answers())) {
        throw fault("unavailable", { say: "The database server of stores does not answer." })
      }
      const because = "The server still has it."
      const database = (await databases(server)).includes(storeId)
      const user = await server.sql(
        `select user from mysql.user where user = ${literal(checked(storeId))}`,
      )
      return [
        ...(database ? [{ kind: "database" as const, what: `database ${storeId}`, because }] : []),
        ...(user.trim() ? [{ kind: "role" as const, what: `user ${storeId}`, because }] : []),
      ]
    },
    list: async () => ((await server.answers()) ? databases(server) : []),
    close: () => server.stop(),
  }
}

const databases = async (server: MariadbServer) =>
  (await server.sql("show databases like 'sto\\_%'")).split("\n").filter(Boolean)

/** As the store itself: what is in its data can do no more than the store. */
async function dump(server: MariadbServer, storeId: string, { file, password, run }: Dump) {
  await run({
    argv: [
      ...["mariadb-dump", "--no-defaults", `--socket=${server.socket}`, `--user=${storeId}`],
      ...["--single-transaction", "--quick", "--no-tablespaces", "--hex-blob", checked(storeId)],
    ],
    ...{ env: { MYSQL_PWD: password }, stdoutFile: file, timeoutMs: dumpMs },
    readOnly: [server.folder],
  })
  return `mariadb-dump ${await server.version()}`
}

async function load(server: MariadbServer, storeId: string, { file, password, run }: Dump) {
  await server.sql(`drop database if exists ${name(storeId)};
    create database ${name(storeId)} character set utf8mb4;`)
  await run({
    argv: [
      ...["mariadb", "--no-defaults", `--socket=${server.socket}`, `--user=${storeId}`],
      `--database=${checked(storeId)}`,
    ],
    ...{ env: { MYSQL_PWD: password }, stdinFile: file, timeoutMs: dumpMs },
    readOnly: [server.folder],
  })
}

/** @throws Fault `invalid`: an identifier is only ever made of our own ids */
function checked(identifier: string): string {
  if (/^[a-z0-9_]{1,60}$/.test(identifier)) return identifier
  throw fault("invalid", { say: "That is no name of a database.", note: identifier })
}

const name = (identifier: string) => `\`${checked(identifier)}\``

const literal = (text: string) =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll("\0", "")}'`
