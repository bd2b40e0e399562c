import { randomBytes } from "node:crypto"
import type { Role } from "@vibecaas/contract/roles"
import { type Log, silentLog } from "@vibecaas/kernel/log"
import { makeListener } from "@vibecaas/reconcile/listen"
import type { AllKinds } from "../../core/kind.ts"
import { makePool } from "../../db/pool.ts"
import { testMasterKey } from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { readEvents } from "../../live/index.ts"
import { erasePerson, exportPerson, isInvited } from "../../people/index.ts"
import {
  ensurePersonalOrganization,
  mailPerson,
  makeTenants,
  recordAccountDeed,
  showMe,
} from "../../tenants/index.ts"
import { undeclaredFault } from "../api.ts"
import { assembleHttp } from "../assemble.ts"
import { type KeySource, makeApiKeys } from "../auth/api-keys.ts"
import { type Accounts, type AccountsParts, makeAccounts } from "../auth/make-accounts.ts"
import type { ProviderSettings } from "../auth/provider.ts"
import { defaultRateLimits } from "../rate-limit.ts"
import { memoryRateLimiter } from "../rates/memory-rate-limiter.ts"
import { type ServedRow, serveKinds } from "../served.ts"
import type { HttpConfig, HttpServer, ServerParts } from "../server.ts"
import { type TestPerson, testClient } from "./test-client.ts"

export interface TestServer {
  db: TestDatabase
  /** e.g. `http://127.0.0.1:40321`; the server answers to the host names `127.0.0.1` and `localhost` */
  origin: string
  http: HttpServer
  accounts: Accounts
  config: HttpConfig
  /** Somebody new who signed up and in over HTTP, with a personal organization. */
  person(name?: string): Promise<TestPerson>
  /** Gives a person a role in an organization. */
  join(person: TestPerson, organizationId: string, role: Role): Promise<void>
  close(): Promise<void>
}

export interface TestServerOptions {
  /** besides tenants and accounts */
  kinds?: (db: TestDatabase, accounts: Accounts) => Partial<AllKinds>
  /** who sends an API key; without it, none is known. Asked once the kinds are made */
  keys?: (db: TestDatabase) => KeySource
  /** besides those of kinds */
  rows?: (db: TestDatabase) => readonly ServedRow[]
  parts?: Partial<Pick<ServerParts, "gateway" | "pages" | "readiness" | "limiter" | "log">>
  /** changes the configuration; limits are too high to be met by accident */
  config?: (config: HttpConfig) => HttpConfig
  db?: TestDatabase
  /** by whom people sign in, too, given the server's origin */
  provider?: (origin: string) => ProviderSettings
}

/**
 * The whole HTTP stack on a free port with a database of its own; it serves the contract's rows
 * that the given kinds handle.
 */
export async function testServer(options: TestServerOptions = {}): Promise<TestServer> {
  const db = options.db ?? (await testDatabase())
  const tenants = makeTenants({
    ...{ ...db, log: silentLog, masterKey: testMasterKey },
    due: async () => [],
  })
  const authPool = makePool({ url: db.urls.auth, log: silentLog, name: "test-auth", max: 4 })
  const listener = makeListener({ url: db.urls.app, clock: db.clock, log: silentLog })
  const { port, origin } = await freeOrigin()
  const config = (options.config ?? ((given) => given))(testConfig(origin, port))
  const undeclared: object[] = []
  const limiter = memoryRateLimiter(db.clock)
  const accounts = testAccounts(db, { config, authPool, limiter }, options)
  const kinds = { tenants, accounts: accounts.kind, ...options.kinds?.(db, accounts) }
  const http = await assembleHttp({
    config,
    ...db,
    log: logHearing(undeclared),
    served: [...serveKinds(kinds), ...(options.rows?.(db) ?? [])],
    sessions: accounts.sessions,
    ...(options.keys ? { keys: makeApiKeys({ ...db, keys: options.keys(db) }) } : {}),
    listener,
    readEvents: (request) => readEvents(db.database, request),
    showMe: (principal) => showMe(db.database, principal),
    limiter,
    readiness: [],
    strays: () => ({ count: 0 }),
    pages: { handle: (_, response) => void response.end("a page") },
    ...options.parts,
  })
  listener.start()
  await http.listen("127.0.0.1", port)
  const client = testClient(origin)
  return {
    db,
    origin,
    http,
    accounts,
    config,
    person: (name) => client.signUp(name),
    join: async (person, organizationId, role) => {
      await db.adminPool.query(
        `insert into memberships (organization_id, user_id, role) values ($1, $2, $3)
         on conflict (organization_id, user_id) do update set role = excluded.role`,
        [organizationId, person.userId, role],
      )
    },
    close: async () => {
      await http.close()
      await listener.close()
      await authPool.end()
      if (!options.db) await db.close()
      if (undeclared.length > 0)
        throw new Error(`${undeclaredFault}: ${JSON.stringify(undeclared)}`)
    },
  }
}

function testAccounts(
  db: TestDatabase,
  around: Pick<AccountsParts, "config" | "authPool" | "limiter">,
  options: Pick<TestServerOptions, "provider">,
): Accounts {
  const parts = { ...db, log: silentLog, masterKey: testMasterKey }
  return makeAccounts({
    ...{ ...parts, ...around, provider: options.provider?.(around.config.origins[0]) },
    authSecret: randomBytes(32).toString("hex"),
    ensurePersonalOrganization: (person) => ensurePersonalOrganization(parts, person),
    mailPerson: (person, letter) => mailPerson(parts, person, letter),
    exportPerson: (of) => exportPerson(db.database, of),
    erasePerson: (of) => erasePerson(parts, of),
    isInvited: (of) => isInvited(db, of),
    recordAccountDeed: (deed) => recordAccountDeed(parts, deed),
  })
}

/** Keeps what the server says of codes that a row answered and does not declare: `close` throws them. */
function logHearing(undeclared: object[]): Log {
  const log: Log = {
    ...silentLog,
    error: (fields, message) => {
      if (message === undeclaredFault) undeclared.push(fields)
    },
    child: () => log,
  }
  return log
}

/** Limits that no test reaches by accident, but the same code. */
export function testConfig(origin: string, port: number): HttpConfig {
  const many = { max: 1_000_000, windowSeconds: 60 }
  return {
    origins: [origin, `http://localhost:${port}`],
    proxies: 0,
    signUpPolicy: "open",
    bodyLimitBytes: 5_000_000,
    version: "0.0.0",
    limits: {
      ...defaultRateLimits,
      provisioning: many,
      anonymous: many,
      signInPerAddress: many,
    },
  }
}

/** The origin is part of the configuration, so the port must be known before the server is made. */
async function freeOrigin(): Promise<{ port: number; origin: string }> {
  const { createServer } = await import("node:net")
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve))
  const address = probe.address()
  const port = typeof address === "object" && address ? address.port : 0
  await new Promise((resolve) => probe.close(resolve))
  return { port, origin: `http://127.0.0.1:${port}` }
}
