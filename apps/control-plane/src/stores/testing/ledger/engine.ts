import type { Engine, Place } from "@vibecaas/stores/engine"
import { toyEngine } from "../toy-engine.ts"

/** The toy shop as a program whose orders are in PostgreSQL: for what happens to a server of databases. */
export const ledgerEngine: Engine = {
  ...toyEngine,
  name: "ledger",
  title: "Ledger shop",
  program: `${import.meta.dirname}/program`,
  secrets: [
    { name: "databasePassword", made: "password", revealed: false },
    { name: "key", made: "learned", revealed: false },
  ],
  datastore: "postgres",
  // Each of its threads counts, and those of psql beside it.
  limits: () => ({ memoryMiB: 192, cpuCount: 1, diskMiB: 256, processesMax: 64 }),
  processes: (place) => [
    {
      ...{ name: "shop", listens: "socket", startMs: 15_000, stopMs: 5000 },
      ...{ argv: argvOf(place, "serve"), env: environmentOf(place) },
    },
  ],
  hook: (name, place, from) =>
    name === "verify"
      ? undefined
      : {
          ...{ argv: argvOf(place, name), env: environmentOf(place), timeoutMs: 60_000 },
          ...{ resultPrefix: "STORE_RESULT ", learns: ["key"] },
          exclusive: name === "migrate" || (name === "upgrade" && !shares(from, place.version)),
        },
}

const shares = (from: string | undefined, to: string) =>
  from !== undefined && toyEngine.sharesData(from, to)

const argvOf = (place: Place, what: string) => [
  place.nodePath,
  "--max-old-space-size=64",
  `${place.installDir}/ledger.ts`,
  what,
]

function environmentOf({ database, listen }: Place): Record<string, string> {
  if (database.kind !== "postgres") throw new Error("invariant: a ledger is kept in PostgreSQL")
  const shop = listen.shop
  return {
    PGHOST: database.socket,
    PGPORT: String(database.tcp?.port ?? 5432),
    PGUSER: database.user,
    PGDATABASE: database.name,
    PGPASSWORD: database.password,
    SHOP_LISTEN: shop && "socket" in shop ? shop.socket : "",
  }
}
