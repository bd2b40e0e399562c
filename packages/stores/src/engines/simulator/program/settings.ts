/** All that the shop is told, by its environment. */
export interface Settings {
  database: string
  listen: string
  version: string
  store: string
  name: string
  currency: string
  country: string
  colour: string
  sampleData: boolean
  adminHost: string
  adminPassword: string
  adminToken: string
  verbose: boolean
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const text = (name: string) => env[`SHOP_${name}`] ?? ""
  const values = JSON.parse(text("VALUES") || "{}")
  return {
    database: text("DATABASE"),
    listen: text("LISTEN"),
    version: text("VERSION"),
    store: text("STORE"),
    name: text("NAME"),
    currency: values.currency ?? "EUR",
    country: values.country ?? "DE",
    colour: values.colour ?? "#2563eb",
    sampleData: values.sampleData !== false,
    adminHost: hostOf(text("ADMIN_URL")),
    adminPassword: text("ADMIN_PASSWORD"),
    adminToken: text("ADMIN_TOKEN"),
    verbose: text("VERBOSE") === "1",
  }
}

/** Faults that a store's name asks for, so that bad days can be tried out. */
export function asksFor(settings: Settings, fault: string): boolean {
  const words = settings.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")
  return `-${words}-`.includes(`-${fault}-`)
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : "")
