import { randomBytes } from "node:crypto"
import { existsSync, writeFileSync } from "node:fs"
import type { DatabaseSync } from "node:sqlite"
import { asksFor, readSettings, type Settings } from "./settings.ts"
import { factOf, inTransaction, migrate, newId, openDatabase, schemaOf, setFact } from "./tables.ts"

/** One hook of a simulated shop: `node hook.ts migrate|seed|personalise|upgrade [from]`. */
type Hook = (database: DatabaseSync, settings: Settings) => Record<string, string | number>

function hookNamed(wanted: string): Hook {
  const hooks: Record<string, Hook> = {
    migrate: makeTables,
    seed,
    personalise,
    upgrade: makeTables,
  }
  const found = Object.hasOwn(hooks, wanted) ? hooks[wanted] : undefined
  if (!found) throw new Error(`there is no hook ${wanted}`)
  return found
}

/** `fail-seed` fails always, `fail-seed-once` the first time. */
function failAsAsked(of: Settings, hook: string): void {
  const once = asksFor(of, `fail-${hook}-once`)
  if (!once && !asksFor(of, `fail-${hook}`)) return
  if (once && existsSync(`${hook}-failed-once`)) return
  if (once) writeFileSync(`${hook}-failed-once`, "")
  throw new Error(`${hook} fails, as the store's name asks`)
}

function makeTables(into: DatabaseSync, { version }: Settings) {
  return { steps: migrate(into, schemaOf(version)) }
}

/** Handle, title, price in minor units, stock. */
const samples: readonly [string, string, number, number][] = [
  ["mug", "Stoneware mug", 1250, 100],
  ["notebook", "Dotted notebook", 900, 60],
  ["tote", "Canvas tote", 1800, 40],
  ["poster", "Harbour poster", 2400, 25],
]

function seed(into: DatabaseSync, of: Settings) {
  const add = into.prepare(
    "insert into products (id, handle, title, price, stock, hidden) values (?, ?, ?, ?, ?, ?) on conflict (handle) do nothing",
  )
  inTransaction(into, () => {
    add.run(newId("prod"), "probe", "Probe of the platform", 100, 1, 1)
    for (const sample of of.sampleData ? samples : []) add.run(newId("prod"), ...sample, 0)
  })
  return { products: Number(into.prepare("select count(*) as n from products").get()?.n) }
}

/** A copy of another store gets a key of its own: what opened that one must not open this one. */
function personalise(into: DatabaseSync, { store }: Settings) {
  return inTransaction(into, () => {
    const known = factOf(into, "store") === store ? factOf(into, "publishableKey") : undefined
    const publishableKey = known ?? `pk_${randomBytes(16).toString("hex")}`
    setFact(into, "store", store)
    setFact(into, "publishableKey", publishableKey)
    return { publishableKey }
  })
}

const settings = readSettings(process.env)
const [name = ""] = process.argv.slice(2)
const database = openDatabase(settings.database)
try {
  if (settings.verbose) console.log(`${name} for version ${settings.version}`)
  failAsAsked(settings, name)
  console.log(`STORE_RESULT ${JSON.stringify(hookNamed(name)(database, settings))}`)
} catch (error) {
  console.error(`${name} failed:`, error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  database.close()
}
