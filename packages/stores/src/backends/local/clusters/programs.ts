import { readdir } from "node:fs/promises"
import { lacksPrograms } from "@vibecaas/kernel/programs"

/** One server of a database with the tools of its own version. */
export interface Found {
  /** folder of the programs; empty where they are found by the system's path */
  bin: string
  /** e.g. `15` */
  version: string
}

const debian = "/usr/lib/postgresql"
const needed: string[] = ["initdb", "pg_ctl", "postgres", "psql", "pg_dump", "pg_restore"]

/**
 * PostgreSQL as Debian packages it, with its dump tools, which the platform's own has not.
 *
 * @param version of data that are there; the newest when absent
 */
export async function findPostgres(version: string | undefined): Promise<Found | string> {
  const names = await readdir(debian).catch(() => [])
  const found = names
    .filter((name) => /^\d+$/.test(name) && (version === undefined || name === version))
    .sort((a, b) => Number(b) - Number(a))
  for (const name of found) {
    const bin = `${debian}/${name}/bin`
    const there: string[] = await readdir(bin).catch(() => [])
    if (needed.every((program) => there.includes(program))) return { bin, version: name }
  }
  const which = version ?? "15"
  return version === undefined
    ? `PostgreSQL for stores, with its own dump tools, is not installed. Install it with: apt-get install postgresql-${which}`
    : `The stores' data are of PostgreSQL ${which}, which is not installed. Install it with: apt-get install postgresql-${which}`
}

/**
 * The programs that ask, dump and load, as Debian packages them.
 *
 * @param server the major version of the server: older ones cannot dump it; any when absent
 */
export async function findClient(server: number | undefined): Promise<Found | string> {
  const names = await readdir(debian).catch(() => [])
  const newest = names.filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(b) - Number(a))
  for (const version of newest) {
    const bin = `${debian}/${version}/bin`
    const there: string[] = await readdir(bin).catch(() => [])
    if (!clients.every((program) => there.includes(program))) continue
    if (server === undefined || Number(version) >= server) return { bin, version }
    return `The stores' PostgreSQL is ${server}, and pg_dump of this host is ${version}, which cannot back it up. Install it with: apt-get install postgresql-client-${server}`
  }
  return `The programs psql, pg_dump and pg_restore are not installed. Install them with: apt-get install postgresql-client-${server ?? 15}`
}

const clients = ["psql", "pg_dump", "pg_restore"]

export function findMariadb(): string | undefined {
  const lacks = lacksPrograms("mariadbd", "mariadb-install-db", "mariadb", "mariadb-dump")
  if (lacks === undefined) return undefined
  return `MariaDB for stores is not installed (${lacks}). Install it with: apt-get install mariadb-server`
}
