import { join } from "node:path"
import type {
  Engine,
  EngineVersion,
  HookName,
  HookSpec,
  Limits,
  Listen,
  Place,
  ProcessSpec,
  StorePlan,
} from "../../engine.ts"
import { below, folderFiles } from "../folder-files.ts"
import { compareVersions, majorOf } from "../versions.ts"
import { lastOrders, live, medusaOrderScript, readOrders, ready } from "./requests.ts"
import { type MedusaValues, medusaValues } from "./values.ts"

const versions: EngineVersion[] = [
  { version: "2.21.2" },
  { version: "2.21.1" },
  { version: "2.18.0" },
]

/**
 * The version whose tables each one works with, by its migrations and links: `medusa.long.test.ts` compares those of
 * what is installed. Of any other version nothing is known.
 */
const tables: Readonly<Record<string, string>> = { "2.21.2": "2.21.1", "2.21.1": "2.21.1" }
const sharesTables = (from: string, to: string) =>
  tables[from] !== undefined && tables[from] === tables[to]

const scripts = folderFiles(join(import.meta.dirname, "../../../engines/medusa/app"))
const storefront = below("storefront", {
  ...folderFiles(join(import.meta.dirname, "../../storefront")),
  "package.json": '{ "type": "module" }\n',
})

/**
 * MiB of the heap of the shop's server. With less than 192 it dies while it starts; with 256 Node 24
 * collects garbage for two thirds of its time, and an order takes a minute.
 */
const heaps: Record<StorePlan, number> = { basic: 448, standard: 640, premium: 1280 }
const limits: Record<StorePlan, Limits> = {
  basic: { memoryMiB: 832, cpuCount: 1, diskMiB: 2048, processesMax: 96 },
  standard: { memoryMiB: 1152, cpuCount: 1.5, diskMiB: 8192, processesMax: 128 },
  premium: { memoryMiB: 2048, cpuCount: 2, diskMiB: 20_480, processesMax: 192 },
}

/**
 * Medusa 2: our storefront at the shop's host, and Medusa's own server with its API and, where they
 * were built, its screens at the admin's. One process of Medusa for a store: its queue is in memory.
 */
export const medusa: Engine<MedusaValues> = {
  name: "medusa",
  title: "Medusa",
  about: "An open-source shop with an API for everything, and a fast storefront of ours.",
  simulated: false,
  versions,
  installCommand: (version) => `bin/engines install medusa@${version}`,
  values: medusaValues,
  secrets: [
    { name: "databasePassword", made: "password", revealed: false },
    { name: "jwtSecret", made: "hex", revealed: false },
    { name: "cookieSecret", made: "hex", revealed: false },
    { name: "adminPassword", made: "password", revealed: true },
    { name: "publishableKey", made: "learned", revealed: false },
    { name: "probeKey", made: "learned", revealed: false },
    { name: "adminKey", made: "learned", revealed: false },
  ],
  datastore: "postgres",
  template: {
    hooks: ["migrate", "seed"],
    values: medusaValues.parse({ adminEmail: "template@shop.invalid" }),
  },
  provisioning: (from) =>
    from === "template" ? ["personalise"] : ["migrate", "seed", "personalise"],
  limits: (plan) => limits[plan],
  serves: { store: "shop", admin: "admin" },
  processes: (place) => [front(place), server(place)],
  hook: (name, place, from) => hooks[name]?.(place, from),
  probes: () => ({ live, ready, deep: medusaOrderScript }),
  orders: (_, limit) => ({ script: lastOrders(limit), read: readOrders }),
  adminPath: "/app",
  credentials: ({ values, secrets }) => ({
    user: values.adminEmail,
    password: secrets.adminPassword ?? "",
  }),
  refusesUpgrade(from, to) {
    if (compareVersions(to, from) < 0) return "Medusa does not go back; restore a backup instead."
    if (majorOf(to) !== majorOf(from)) return `Medusa ${to} does not read the data of ${from}.`
    return undefined
  },
  sharesData: sharesTables,
}

/** Nothing before the backend has given places. */
const address = (listen: Listen | undefined) => {
  if (!listen) return ""
  return "socket" in listen ? listen.socket : `${listen.host}:${listen.port}`
}

function front({
  values,
  name,
  url,
  secrets,
  listen,
  dirs,
  nodePath,
}: Place<MedusaValues>): ProcessSpec {
  const { tagline, accent, logo, locale } = values
  return {
    name: "shop",
    listens: "socket",
    argv: [nodePath, "--max-old-space-size=96", join(dirs.work, "storefront/main/serve.ts")],
    env: {
      NODE_ENV: "production",
      STORE_URL: url,
      STORE_LOOK: JSON.stringify({ name, tagline, accent, logo, locale }),
      PUBLISHABLE_KEY: secrets.publishableKey ?? "",
      SHOP_LISTEN: address(listen.admin),
      LISTEN: address(listen.shop),
    },
    workFiles: storefront,
    startMs: 15_000,
    stopMs: 5000,
  }
}

/** On a socket, by a file of ours: so the shop needs no network at all. */
function server(place: Place<MedusaValues>): ProcessSpec {
  const around = surroundings(place)
  return {
    name: "admin",
    listens: "socket",
    argv: [...medusaCommand(place, ["--require", "./listen.js"]), "start", "--types=false"],
    ...around,
    env: { ...around.env, LISTEN: address(place.listen.admin) },
    startMs: 90_000,
    stopMs: 15_000,
  }
}

const medusaCommand = (place: Place<MedusaValues>, flags: string[] = []) => [
  place.nodePath,
  `--max-old-space-size=${heaps[place.plan]}`,
  ...flags,
  join(place.installDir, "node_modules/@medusajs/cli/cli.js"),
]

function surroundings(place: Place<MedusaValues>) {
  const { installDir, dirs } = place
  return {
    env: environment(place),
    cwd: dirs.work,
    workFiles: { ...scripts, "package.json": manifest(place) },
    workLinks: {
      node_modules: join(installDir, "node_modules"),
      "public/admin": join(installDir, "admin"),
      static: join(dirs.files, "static"),
    },
  }
}

/** Its commands look for themselves among the dependencies of where they are run. */
function manifest({ version }: Place<MedusaValues>): string {
  const dependencies = { "@medusajs/medusa": version }
  return `${JSON.stringify({ name: "shop", private: true, dependencies })}\n`
}

function environment(place: Place<MedusaValues>): Record<string, string> {
  const { values, secrets } = place
  return {
    NODE_ENV: "production",
    MEDUSA_DISABLE_TELEMETRY: "true",
    DATABASE_URL: databaseUrl(place),
    JWT_SECRET: secrets.jwtSecret ?? "",
    COOKIE_SECRET: secrets.cookieSecret ?? "",
    STORE_URL: place.url,
    ADMIN_URL: place.adminUrl,
    STORE_NAME: place.name,
    STORE_CURRENCY: values.currency,
    STORE_COUNTRIES: values.countries,
    STORE_SAMPLES: String(values.samples),
    ADMIN_EMAIL: values.adminEmail,
    ADMIN_PASSWORD: secrets.adminPassword ?? "",
    LOG_LEVEL: place.verbose ? "debug" : "info",
  }
}

/** By its socket, whose folder stands where a host does: the shop has no network. */
function databaseUrl({ database }: Place<MedusaValues>): string {
  if (database.kind !== "postgres") throw new Error("invariant: Medusa is kept in PostgreSQL")
  const { user, password, name, socket, tcp } = database
  const [who, secret, host] = [user, password, socket].map(encodeURIComponent)
  return `postgres://${who}:${secret}@${host}:${tcp?.port ?? 5432}/${name}`
}

type MakeHook = (place: Place<MedusaValues>, from?: string) => HookSpec
const hooks: Partial<Record<HookName, MakeHook>> = {
  migrate,
  seed: (place) => script(place, "seed"),
  personalise: (place) => ({
    ...script(place, "personalise"),
    learns: ["publishableKey", "probeKey", "adminKey"],
  }),
  // Where the tables stay as they are the version before goes on meanwhile.
  upgrade: (place, from) => ({
    ...migrate(place),
    exclusive: from === undefined || !sharesTables(from, place.version),
  }),
}

/**
 * Without these flags it asks at a terminal what to do with tables that changed, for ever. Those that
 * have no search refuse its flag.
 */
function migrate(place: Place<MedusaValues>): HookSpec {
  const hasSearch = compareVersions(place.version, "2.21.0") >= 0
  return {
    argv: [
      ...[...medusaCommand(place), "db:migrate", "--execute-all-links"],
      ...(hasSearch ? ["--execute-all-search"] : []),
    ],
    ...surroundings(place),
    timeoutMs: 300_000,
    exclusive: true,
  }
}

const script = (place: Place<MedusaValues>, name: string): HookSpec => ({
  argv: [...medusaCommand(place), "exec", `./${name}.js`],
  ...surroundings(place),
  timeoutMs: 180_000,
  resultPrefix: "STORE_RESULT ",
  exclusive: false,
})
