import { readdirSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Route } from "@vibecaas/contract/routes"
import { type RouteName, routes } from "@vibecaas/contract/routes"
import type { KeyUse } from "../../keys/index.ts"
import type { Repositories } from "../../projects/index.ts"
import { allKinds } from "./all-kinds.ts"
import { asBytes, type Fixture, type MatrixCall, type MatrixWorld } from "./matrix-world.ts"
import { endPlainMachines } from "./plain-machines.ts"
import { tenantState } from "./tenant-state.ts"
import { sendTo, type TestAnswer, type TestPerson } from "./test-client.ts"
import { type TestServer, testServer } from "./test-server.ts"

const source = join(import.meta.dirname, "../..")
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith("testing/matrix-fixtures.ts"),
)
const modules = await Promise.all(files.map((file) => import(join(source, file))))

/** One call of each route that succeeds for whoever may make it, from the folders of the kinds. */
export const matrixFixtures: Record<RouteName, Fixture> = Object.assign(
  {},
  ...modules.map(({ fixtures }) => fixtures),
)

export const table = Object.entries(routes) as [RouteName, Route][] // its keys are the names
/** Rows about an organization or an object. */
export const scoped = table.filter(([, { access }]) =>
  ["organization", "object"].includes(access.by),
)

/** Whoever sends a call: a person, an API key, or nobody. */
export type Sender = TestPerson | { authorization: string } | undefined

export interface MatrixServer {
  server: TestServer
  /** organization A on the largest plan, with its owner */
  world: MatrixWorld
  repositories: Repositories
  send(sender: Sender, name: RouteName, call: MatrixCall): Promise<TestAnswer>
  /** all that the database has of organization A, and the last commit of the call's project */
  stateOf(call: MatrixCall): Promise<{ head: string | null; rows: Record<string, string> }>
  setTeamPlan(): Promise<void>
  /** cases would fill up the limits, which are tested elsewhere */
  freeQuotas(): Promise<void>
  close(): Promise<void>
}

const unlimited = { max: 1_000_000, windowSeconds: 60 }

/** Every kind behind HTTP, for tests that walk all routes. */
export async function matrixServer(): Promise<MatrixServer> {
  const root = await mkdtemp(join(tmpdir(), "matrix-"))
  const made: { repositories?: Repositories; keys?: KeyUse } = {}
  const server = await testServer({
    kinds: (db, accounts) => {
      const all = allKinds(db, { root, accounts })
      Object.assign(made, { repositories: all.repositories, keys: all.keys })
      return all.all
    },
    keys: () => made.keys as KeyUse, // made above
    config: (config) => ({
      ...config,
      limits: { ...config.limits, organization: unlimited, person: unlimited },
    }),
  })
  const repositories = made.repositories as Repositories // as above
  const owner = await server.person("Owner")
  const { db } = server
  const world = { db, owner, organizationId: owner.organizationId, root }
  const setTeamPlan = async () => {
    await db.adminPool.query("update organization_plans set plan = 'team'")
  }
  await setTeamPlan()
  return {
    ...{ server, world, repositories, setTeamPlan },
    send: (sender, name, call) => send(server.origin, sender, { name, call }),
    stateOf: async (call) => {
      const projectId = call.params?.projectId
      const head = projectId ? await repositories.of(projectId).head() : null
      const { audit_heads: _, ...rows } = await tenantState(db, world.organizationId)
      return { head, rows }
    },
    freeQuotas: async () => {
      await db.adminPool.query("delete from quota_reservations")
    },
    close: async () => {
      await server.close()
      await endPlainMachines(root)
      await rm(root, { recursive: true, force: true })
    },
  }
}

function shownBy(origin: string, sender: Sender): Record<string, string> {
  if (sender === undefined) return { origin }
  if ("authorization" in sender) return sender
  return { cookie: sender.cookie, origin }
}

function send(
  origin: string,
  sender: Sender,
  { name, call }: { name: RouteName; call: MatrixCall },
): Promise<TestAnswer> {
  const [method = "", template = ""] = name.split(" ")
  const path = template.replaceAll(/\{(\w+)\}/g, (_, key) => call.params?.[key] ?? "")
  const query = call.query ? `?${new URLSearchParams(call.query)}` : ""
  const bytes = call.bytes === undefined ? undefined : asBytes(call.bytes)
  return sendTo(origin, `${method} /api/v1${path}${query}`, {
    headers: { ...shownBy(origin, sender), ...bytes?.headers },
    ...(bytes ? { text: bytes.text } : {}),
    ...(call.body ? { body: call.body } : {}),
  })
}
