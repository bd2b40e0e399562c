import { join } from "node:path"
import { lacksPrograms } from "@vibecaas/kernel/programs"
import type {
  Engine,
  HookName,
  HookSpec,
  Limits,
  Listen,
  Place,
  ProcessSpec,
  StorePlan,
} from "../../engine.ts"
import { folderFiles } from "../folder-files.ts"
import { decimalsOf } from "../minor-units.ts"
import { type ShopValues, shopValues } from "../shop-values.ts"
import { compareVersions, majorOf } from "../versions.ts"
import { formatsOf } from "./formats.ts"
import { restKey, restSecret, wooCommerceOrders, wooCommerceProbes } from "./requests.ts"
import { fpmConfig, nginxConfig } from "./server-config.ts"

const scripts = folderFiles(join(import.meta.dirname, "../../../engines/woocommerce/app"))

const limits: Record<StorePlan, Limits> = {
  basic: { memoryMiB: 384, cpuCount: 1, diskMiB: 2048, processesMax: 48 },
  standard: { memoryMiB: 640, cpuCount: 1.5, diskMiB: 8192, processesMax: 64 },
  premium: { memoryMiB: 1280, cpuCount: 2, diskMiB: 20_480, processesMax: 96 },
}
/** PHP processes that answer at the same time. */
const workers: Record<StorePlan, number> = { basic: 3, standard: 5, premium: 10 }

const fpmNames = ["8.4", "8.3", "8.2", "8.1"].map((version) => `php-fpm${version}`)
/** Debian names it by its version alone. */
const fpmProgram = () => fpmNames.find((name) => lacksPrograms(name) === undefined) ?? "php-fpm"

/**
 * WooCommerce on WordPress, both as the operator gave them. Code is shared and read-only; of a store
 * are its database and its uploads.
 */
export const woocommerce: Engine<ShopValues> = {
  name: "woocommerce",
  title: "WooCommerce",
  about: "The shop of WordPress, with its own theme, pages and editor.",
  simulated: false,
  versions: [{ version: "11.0.1" }, { version: "10.9.4" }],
  installCommand: () =>
    "bin/engines install woocommerce --core FOLDER_OR_ARCHIVE --plugin FOLDER_OR_ARCHIVE",
  values: shopValues,
  programs: [
    {
      name: "php",
      packages: "php-cli php-mysql php-xml php-mbstring php-curl php-gd php-intl",
    },
    { name: "php-fpm", also: fpmNames, packages: "php-fpm" },
    { name: "nginx", packages: "nginx-light" },
  ],
  secrets: [
    { name: "databasePassword", made: "password", revealed: false },
    { name: "wordpressSecret", made: "hex", revealed: false },
    { name: "adminPassword", made: "password", revealed: true },
    { name: "restKey", made: "hex", revealed: false },
    { name: "restSecret", made: "hex", revealed: false },
  ],
  datastore: "mariadb",
  provisioning: () => ["migrate", "seed", "personalise"],
  limits: (plan) => limits[plan],
  serves: { store: "shop", admin: "shop" },
  processes: servers,
  hook: (name, place) => hooks[name]?.(place),
  probes: wooCommerceProbes,
  orders: wooCommerceOrders,
  adminPath: "/wp-admin/",
  credentials: ({ secrets }) => ({ user: "admin", password: secrets.adminPassword ?? "" }),
  refusesUpgrade(from, to) {
    if (compareVersions(to, from) < 0)
      return "WooCommerce does not go back; restore a backup instead."
    if (majorOf(to) - majorOf(from) > 1)
      return `Upgrade to the version after ${majorOf(from)} first.`
    return undefined
  },
  // Its database update changes what the version before reads.
  sharesData: () => false,
}

type StorePlace = Place<ShopValues>

const hooks: Partial<Record<HookName, (place: StorePlace) => HookSpec>> = {
  migrate: (place) => step(place, "install"),
  seed: (place) => step(place, "activate"),
  personalise: (place) => step(place, "seed"),
  upgrade: (place) => ({ ...step(place, "upgrade"), timeoutMs: 300_000, exclusive: true }),
}

const socketOf = (listen: Listen | undefined) => (listen && "socket" in listen ? listen.socket : "")

const php = ({ plan }: StorePlace) => [
  "php",
  "-d",
  `memory_limit=${plan === "premium" ? 512 : 256}M`,
  "-d",
  "display_errors=stderr",
]

function step(place: StorePlace, name: string): HookSpec {
  return {
    argv: [...php(place), join(place.dirs.work, `${name}.php`)],
    ...surroundings(place),
    timeoutMs: 120_000,
    resultPrefix: "STORE_RESULT ",
    exclusive: false,
  }
}

function surroundings(place: StorePlace) {
  return { env: environment(place), cwd: place.dirs.work, workFiles: scripts }
}

/** nginx before PHP-FPM, where both are there. */
function servers(place: StorePlace): ProcessSpec[] {
  const { work } = place.dirs
  const config = {
    ...scripts,
    "nginx.conf": nginxConfig(place),
    "php-fpm.conf": fpmConfig(place, {
      socket: socketOf(place.listen.php),
      workers: workers[place.plan],
    }),
  }
  const common = { ...surroundings(place), listens: "socket", stopMs: 10_000 } as const
  return [
    {
      ...common,
      name: "shop",
      argv: ["nginx", "-p", work, "-c", join(work, "nginx.conf"), "-e", "stderr"],
      workFiles: config,
      startMs: 10_000,
    },
    {
      ...common,
      name: "php",
      argv: [...php(place), join(work, "serve.php"), fpmProgram(), join(work, "php-fpm.conf")],
      workFiles: config,
      startMs: 20_000,
    },
  ]
}

function environment(place: StorePlace): Record<string, string> {
  const { values, secrets, database, dirs, installDir } = place
  if (database.kind !== "mariadb") throw new Error("invariant: WooCommerce is kept in MariaDB")
  return {
    STORE_SETTINGS: join(dirs.work, "settings.php"),
    STORE_CORE: join(installDir, "core"),
    STORE_PLUGINS: join(installDir, "plugins"),
    STORE_UPLOADS: join(dirs.files, "uploads"),
    STORE_URL: place.url,
    STORE_NAME: place.name,
    STORE_SECRET: secrets.wordpressSecret ?? "",
    STORE_CURRENCY: values.currency,
    STORE_DECIMALS: String(decimalsOf(values.currency)),
    STORE_COUNTRIES: values.countries,
    STORE_LOCALE: values.locale,
    STORE_FORMATS: JSON.stringify(formatsOf(values.locale, values.currency)),
    STORE_SAMPLES: values.samples ? "1" : "0",
    DB_NAME: database.name,
    DB_USER: database.user,
    DB_PASSWORD: database.password,
    DB_HOST: `localhost:${database.socket}`,
    ADMIN_USER: "admin",
    ADMIN_EMAIL: values.adminEmail,
    ADMIN_PASSWORD: secrets.adminPassword ?? "",
    REST_KEY: restKey(secrets),
    REST_SECRET: restSecret(secrets),
  }
}
