import { z } from "zod"
import type { Engine, HookName, HookSpec, Limits, Place, StorePlan } from "../../engine.ts"
import { orderReading, probesOf } from "./requests.ts"

/** What somebody chooses of a simulated shop. */
const valuesSchema = z.strictObject({
  currency: z.enum(["USD", "EUR", "GBP"], "Use USD, EUR or GBP.").default("EUR"),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, "Use a country's two capital letters, such as DE.")
    .refine((code) => countries.has(code), "No country has this code.")
    .default("DE"),
  /** six hexadecimal digits behind a # */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, "Use a colour such as #2563eb.")
    .default("#2563eb"),
  sampleData: z.boolean().default(true).meta({ fixed: "Counts when the shop is made." }),
})
export type SimulatorValues = z.infer<typeof valuesSchema>

const countries = new Set(
  "AT AU BE BR CA CH CZ DE DK ES FI FR GB GR HU IE IN IT JP LU MX NL NO NZ PL PT RO SE SG US ZA".split(
    " ",
  ),
)

/** Versions 1.x share their tables; 2.0.0 has others, to which its upgrade brings the data. */
const versions = [
  { version: "2.0.0", note: "Orders know their customers' phone numbers." },
  { version: "1.1.0" },
  { version: "1.0.0" },
]

const perPlan: Record<StorePlan, Limits> = {
  basic: { memoryMiB: 128, cpuCount: 1, diskMiB: 256, processesMax: 32 },
  standard: { memoryMiB: 192, cpuCount: 1.5, diskMiB: 1024, processesMax: 64 },
  premium: { memoryMiB: 384, cpuCount: 2, diskMiB: 4096, processesMax: 128 },
}

/**
 * A small shop in Node with a database in a file: for tests and demonstrations. It has hooks, states and
 * requests like those of real engines. Words in a store's name make it fail: `fail-migrate`, `fail-seed`,
 * `fail-upgrade`, `never-ready`, `fail-order`, `crash` at its start, `oom`.
 */
export const simulatorEngine: Engine<SimulatorValues> = {
  name: "simulator",
  title: "Simulated shop",
  about: "A small shop of our own for trying the platform out. It sells nothing real.",
  simulated: true,
  versions,
  program: `${import.meta.dirname}/program`,
  installCommand: (version) => `bin/engines install simulator@${version}`,
  values: valuesSchema,
  secrets: [
    { name: "adminPassword", made: "password", revealed: true },
    { name: "adminToken", made: "hex", revealed: false },
    { name: "publishableKey", made: "learned", revealed: false },
  ],
  datastore: "sqlite",
  provisioning: () => ["migrate", "seed", "personalise"],
  limits: (plan) => perPlan[plan],
  serves: { store: "shop", admin: "shop" },
  processes: (place) => [
    {
      name: "shop",
      listens: "socket",
      argv: [...node(place), `${place.installDir}/shop.ts`],
      env: environment(place),
      ...{ startMs: 15_000, stopMs: 5000 },
    },
  ],
  hook,
  probes: probesOf,
  orders: (_, limit) => orderReading(limit),
  adminPath: "/admin",
  credentials: ({ secrets: { adminPassword = "" } }) => ({
    user: "admin",
    password: adminPassword,
  }),
  refusesUpgrade: (from, to) =>
    numberOf(to) > numberOf(from) ? undefined : `${to} is not newer than ${from}.`,
  sharesData,
}

/** Both work with the same tables. */
function sharesData(from: string, to: string): boolean {
  return from.startsWith("1.") && to.startsWith("1.")
}

function hook(name: HookName, place: Place<SimulatorValues>, from?: string): HookSpec | undefined {
  if (name === "verify") return undefined
  return {
    argv: [...node(place), `${place.installDir}/hook.ts`, name, ...(from ? [from] : [])],
    env: environment(place),
    timeoutMs: 60_000,
    resultPrefix: "STORE_RESULT ",
    ...(name === "personalise" ? { learns: ["publishableKey"] } : {}),
    exclusive:
      name === "migrate" ||
      (name === "upgrade" && (from === undefined || !sharesData(from, place.version))),
  }
}

const node = (place: Place<SimulatorValues>) => [
  place.nodePath,
  `--max-old-space-size=${Math.floor(perPlan[place.plan].memoryMiB / 2)}`,
  "--disable-warning=ExperimentalWarning",
]

function environment(place: Place<SimulatorValues>): Record<string, string> {
  const listen = place.listen.shop
  return {
    SHOP_DATABASE: place.database.kind === "sqlite" ? place.database.file : "",
    SHOP_LISTEN: listen
      ? "socket" in listen
        ? listen.socket
        : `${listen.host}:${listen.port}`
      : "",
    SHOP_VERSION: place.version,
    SHOP_NAME: place.name,
    SHOP_STORE: place.storeId,
    SHOP_ADMIN_URL: place.adminUrl,
    SHOP_VALUES: JSON.stringify(place.values),
    SHOP_ADMIN_PASSWORD: place.secrets.adminPassword ?? "",
    SHOP_ADMIN_TOKEN: place.secrets.adminToken ?? "",
    SHOP_VERBOSE: place.verbose ? "1" : "",
  }
}

const numberOf = (version: string) =>
  version.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0)
