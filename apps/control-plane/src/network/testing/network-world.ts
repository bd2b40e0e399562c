import { once } from "node:events"
import type { IncomingMessage } from "node:http"
import { createServer } from "node:https"
import { connect } from "node:net"
import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import { silentLog } from "@vibecaas/kernel/log"
import { type Listener, makeListener } from "@vibecaas/reconcile/listen"
import type { Ctx } from "../../core/ctx.ts"
import { createOrganization } from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { memoryRateLimiter } from "../../http/rates/memory-rate-limiter.ts"
import type { LiveMachine } from "../../machines/index.ts"
import { doorMachine } from "../../machines/testing/door-machine.ts"
import { createProject } from "../../projects/index.ts"
import { testVault } from "../../secrets/testing/test-vault.ts"
import { allowHost, revoke, type WantedRule } from "../allow-host.ts"
import { makeNetwork } from "../make-network.ts"
import { type EgressLimits, egressLimits } from "../network-parts.ts"
import { listEntries } from "../queries.ts"
import type { EntryRow, RuleRow } from "../rule.ts"
import { certificate } from "./certificate.ts"

export interface NetworkWorld {
  db: TestDatabase
  /** where names lead to, by turns: the last answer stays */
  names: Record<string, string[][]>
  /** what was connected to, as `address:port`; all of it ends at one server of this test */
  dialled: string[]
  /** what that server was asked */
  asked: Pick<IncomingMessage, "method" | "url" | "headers">[]
  ownAddresses: string[]
  act<T>(action: (ctx: Ctx) => Promise<T>): Promise<T>
  /** a project, one of its machines, and the address of its door; nothing while there is none */
  app(): Promise<{ projectId: IdOf<"project">; machine: LiveMachine; door(): Promise<string> }>
  allow(projectId: IdOf<"project">, host: string, more?: Partial<WantedRule>): Promise<RuleRow>
  revoke(rule: RuleRow): Promise<void>
  log(projectId: IdOf<"project">): Promise<EntryRow[]>
  variables(machine: LiveMachine): Promise<Record<string, string>>
  close(): Promise<void>
}

/** Real PostgreSQL, real sockets and TLS; the internet is one server, and names lead where a test says. */
export async function networkWorld(own: Partial<EgressLimits> = {}): Promise<NetworkWorld> {
  const db = await testDatabase()
  const org = await createOrganization(db, { plan: "team" })
  const { clock, newId, scope } = db
  const listener = makeListener({ url: db.urls.app, clock, log: silentLog })
  const internet = await startInternet()
  const seen = {
    names: {} as NetworkWorld["names"],
    dialled: [] as string[],
    ownAddresses: [] as string[],
  }
  const around = {
    ...{ clock, newId, scope, log: silentLog, listener, vault: testVault },
    own: { domains: ["platform.example.com"], addresses: () => seen.ownAddresses },
    limits: { ...egressLimits, ...own },
  }
  const network = makeNetwork({
    ...{ ...around, limiter: memoryRateLimiter(clock), live: { onOpen: () => {} } },
    ca: certificate.cert,
    resolve: async (host) => {
      const turns = seen.names[host] ?? [["93.184.216.34"]]
      const addresses = turns.length > 1 ? turns.shift() : turns[0]
      return (addresses ?? []).map((address) => ({
        address,
        family: address.includes(":") ? 6 : 4,
      }))
    },
    dial: ({ address }, port) => {
      seen.dialled.push(`${address}:${port}`)
      return connect(internet.port, "127.0.0.1")
    },
  })
  await hearing(listener)
  const act: NetworkWorld["act"] = (action) => scope(org, action)
  const ends: (() => void)[] = []
  return {
    ...{ db, ...seen, asked: internet.asked, act, variables: network.variables },
    async app() {
      const made = await act((ctx) => createProject(ctx, { name: "Asks", preview: "private" }))
      const of = { ...org, id: newId("vm"), projectId: made.id, network: false }
      const { machine, end } = doorMachine(of)
      ends.push(end)
      const door = async () => (await network.variables(machine)).SERVICES_URL ?? ""
      return { projectId: made.id, machine, door }
    },
    allow: (projectId, host, more) =>
      act((ctx) =>
        allowHost(ctx, around, {
          ...{ projectId, host, port: 443, service: null, reason: "", ...more },
        }),
      ),
    revoke: (rule) => act((ctx) => revoke(ctx, around, { ...rule, ruleId: rule.id })),
    log: (projectId) => act((ctx) => listEntries(ctx.db, projectId, 100)),
    async close() {
      for (const end of ends) end()
      internet.close()
      await Promise.all([listener.close(), network.close()])
      await db.close()
    },
  }
}

async function hearing(listener: Listener): Promise<void> {
  const heard = Promise.withResolvers<void>()
  listener.onState((hears) => hears && heard.resolve())
  listener.start()
  await heard.promise
}

/** Answers what it was asked, redirects `/elsewhere`, sends much at `/much`, and says nothing at `/silent`. */
async function startInternet() {
  const asked: NetworkWorld["asked"] = []
  const sockets = new Set<Duplex>()
  const server = createServer(certificate, (request, response) => {
    const { method, url, headers } = request
    asked.push({ method, url, headers })
    if (url === "/silent") return
    if (url === "/much") return void response.end(Buffer.alloc(300_000, 97))
    if (url === "/elsewhere") {
      return void response.writeHead(302, { location: "https://169.254.169.254/" }).end()
    }
    request.pipe(response)
  })
  server.on("connection", (socket) => sockets.add(socket))
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  return {
    asked,
    port: typeof address === "object" && address ? address.port : 0,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
