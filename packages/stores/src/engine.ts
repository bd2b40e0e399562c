import type { z } from "zod"
import type { HttpScript, HttpStep } from "./http-script.ts"

/**
 * An engine is the software of a shop, as data and pure functions: nothing here reads a clock, a file
 * or the network. Backends run it; the same suite proves every engine on every backend.
 *
 * @typeParam Values what a person chooses, as `values` parses it
 */
export interface Engine<Values = unknown> {
  /** a word of lower-case letters, e.g. `medusa` */
  name: string
  title: string
  /** one sentence for who chooses */
  about: string
  /** stands in for a real shop, and says so wherever it is shown */
  simulated: boolean
  /** those that we know, the newest first; what is installed is read by `catalog` */
  versions: readonly EngineVersion[]
  /**
   * absolute folder of programs that come with the platform, which are always installed; absent for
   * software of others
   */
  program?: string
  /** programs of the system that it runs with */
  programs?: readonly SystemProgram[]
  /** the exact command that installs a version */
  installCommand(version: string): string
  /** strict; unknown currencies and countries fail at their field. Never holds a secret */
  values: z.ZodType<Values>
  /**
   * made once for a store by `makeSecrets`, kept by whoever keeps the row; one whose database is a
   * server's has a `password` named `databasePassword`
   */
  secrets: readonly SecretSpec[]
  datastore: DatastoreKind
  /** hooks that make a template database once for a version; absent when stores begin from nothing */
  template?: { hooks: readonly HookName[]; values: Values }
  /** hooks of a new store in their order */
  provisioning(from: "nothing" | "template"): readonly HookName[]
  limits(plan: StorePlan): Limits
  /** which process answers at the store's host and which at its admin's; they may be the same */
  serves: { store: string; admin: string }
  /** asked a first time with an empty `listen`, to learn what has to listen where */
  processes(place: Place<Values>): readonly ProcessSpec[]
  /** @param from of an upgrade: the version that the data are of */
  hook(name: HookName, place: Place<Values>, from?: string): HookSpec | undefined
  probes(store: StoreTerms<Values>): Probes
  /** How the last orders are read by the admin API, newest first; the last step's answer has them. */
  orders(store: StoreTerms<Values>, limit: number): OrderReading
  /** path of the page where shopkeepers sign in, below the admin's origin */
  adminPath: string
  /** how a shopkeeper signs in, from the secrets */
  credentials(of: Pick<StoreTerms<Values>, "values" | "secrets">): {
    user: string
    password: string
  }
  /** nothing, or the sentence why this step between versions is not possible */
  refusesUpgrade(from: string, to: string): string | undefined
  /**
   * Both versions may run on one database, so that visitors are switched once the new one has sold. Its hook
   * `upgrade` must then not be exclusive, and leave the data readable for the version before.
   */
  sharesData(from: string, to: string): boolean
}

export interface SystemProgram {
  /** found on the system's path under this name or one of `also` */
  name: string
  also?: readonly string[]
  /** the Debian packages that have it, for a sentence and `apt-get install` */
  packages: string
}

export interface EngineVersion {
  version: string
  /** what people should know before they choose it */
  note?: string
}

export const datastoreKinds = ["sqlite", "postgres", "mariadb"] as const
export type DatastoreKind = (typeof datastoreKinds)[number]

export const storePlans = ["basic", "standard", "premium"] as const
export type StorePlan = (typeof storePlans)[number]

/** What all processes of one store may use. */
export interface Limits {
  memoryMiB: number
  /** whole processors or parts of one */
  cpuCount: number
  /** database and files together */
  diskMiB: number
  processesMax: number
}

export interface SecretSpec {
  /** camelCase, e.g. `adminPassword` */
  name: string
  /**
   * `password` 24 letters and digits · `hex` 32 random bytes · `learned` comes from a hook's result and
   * is absent before
   */
  made: "password" | "hex" | "learned"
  /** shown to a shopkeeper who asks for it; others never leave the platform */
  revealed: boolean
}

/** What one store was agreed to be, wherever it runs: enough to talk to it. */
export interface StoreTerms<Values = unknown> {
  storeId: string
  version: string
  /** the name people gave it */
  name: string
  values: Values
  plan: StorePlan
  /** by the names of `secrets`; a learned one may be absent */
  secrets: Readonly<Record<string, string>>
  /** origin without a slash at the end, e.g. `http://mugs.stores.localhost:3000` */
  url: string
  adminUrl: string
}

/** Where a backend runs it: what engines build argv and environment from. */
export interface Place<Values = unknown> extends StoreTerms<Values> {
  /** absolute, read-only, the same for all stores of the version */
  installDir: string
  /** absolute; all that the store may write to. `files` is backed up, `work` and `tmp` are not */
  dirs: { files: string; work: string; tmp: string }
  /** the platform's own Node, absolute */
  nodePath: string
  database: Database
  /** where each process has to listen, by its name */
  listen: Readonly<Record<string, Listen>>
  /** logs as much as the engine can */
  verbose: boolean
}

export type Listen = { socket: string } | { host: string; port: number }

export type Database = { kind: "sqlite"; file: string } | ServerDatabase

export interface ServerDatabase {
  kind: "postgres" | "mariadb"
  /** folder of the server's Unix socket (PostgreSQL), or the socket itself (MariaDB) */
  socket: string
  /** the same server by TCP; absent where it listens on its socket alone */
  tcp?: { host: string; port: number }
  name: string
  user: string
  password: string
}

export interface ProcessSpec {
  /** a word, e.g. `shop` */
  name: string
  /** a Unix socket needs no network of the host; what listens on `nothing` is fine while it runs */
  listens: "socket" | "port" | "nothing"
  /** argv[0] is absolute, such as `place.nodePath`, or a name on the system's path */
  argv: readonly string[]
  /** the whole environment but for PATH, HOME and TMPDIR, which the backend sets */
  env: Readonly<Record<string, string>>
  /** `dirs.work` when absent */
  cwd?: string
  /** files that are written below `dirs.work` before it starts, by their relative paths */
  workFiles?: Readonly<Record<string, string>>
  /** links below `dirs.work`: relative path → absolute target below `installDir` or `dirs.files` */
  workLinks?: Readonly<Record<string, string>>
  /** how long it may take from its start until it listens, in `ms` */
  startMs: number
  /** from SIGTERM to SIGKILL, in `ms` */
  stopMs: number
}

export const hookNames = ["migrate", "seed", "personalise", "upgrade", "verify"] as const
export type HookName = (typeof hookNames)[number]

/**
 * A program that runs to its end beside the store. It is idempotent: after a crash it simply runs
 * again. Its standard input is closed.
 */
export interface HookSpec {
  argv: readonly string[]
  env: Readonly<Record<string, string>>
  cwd?: string
  workFiles?: Readonly<Record<string, string>>
  workLinks?: Readonly<Record<string, string>>
  timeoutMs: number
  /**
   * Begins the line of its output that holds its result as a JSON object of texts and numbers, e.g.
   * `STORE_RESULT `; without such a line it has failed. Absent: the exit code alone counts
   */
  resultPrefix?: string
  /** names of learned secrets in the result; the rest of it is facts, which may be shown */
  learns?: readonly string[]
  /** the shop must not run meanwhile */
  exclusive: boolean
}

export interface Probes {
  /** it listens and answers */
  live: HttpStep
  /** it could sell: its data answer too */
  ready: HttpStep
  /** buys something, finds the order and cancels it; on a schedule only its part `options` is taken */
  deep: HttpScript
}

export interface OrderReading {
  script: HttpScript
  read(answer: unknown): StoreOrder[]
}

/** One order as the admin API tells it. */
export interface StoreOrder {
  id: string
  number: string
  /** ISO 8601 */
  placedAt: string
  /** minor units of the currency */
  total: number
  /** ISO 4217, upper case */
  currency: string
  /** the engine's own word */
  state: string
  email: string | null
  /** placed by our own deep probe */
  probe: boolean
}
