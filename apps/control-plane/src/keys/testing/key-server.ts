import { resolve } from "node:path"
import type { ApiKey, ApiKeyWithSecret } from "@vibecaas/contract/kinds/keys"
import { clockAt } from "@vibecaas/kernel/clock"
import { expect } from "vitest"
import { testDatabase } from "../../db/testing/test-database.ts"
import { allKinds } from "../../http/testing/all-kinds.ts"
import { type TestCall, type TestPerson, testClient } from "../../http/testing/test-client.ts"
import { type TestServer, testServer } from "../../http/testing/test-server.ts"
import type { Kinds } from "../../main/kinds.ts"
import type { KeyUse } from "../index.ts"

export type KeyServer = Awaited<ReturnType<typeof keyServer>>

/** A server that takes keys, with Mara, who owns an organization whose plan has room for many. */
export async function keyServer() {
  const clock = clockAt("2026-01-31T12:00:00Z")
  const db = await testDatabase({ clock })
  let kinds: Kinds | undefined
  const started = () => {
    if (!kinds) throw new Error("The server has no kinds yet")
    return kinds
  }
  const server = await testServer({
    db,
    kinds: (_, accounts) => {
      kinds = allKinds(db, { root: resolve("/nonexistent"), accounts })
      return kinds.all
    },
    keys: (): KeyUse => started().keys,
  })
  const mara = await server.person("Mara")
  await db.adminPool.query("update organization_plans set plan = 'team'")
  return {
    ...{ clock, server, mara },
    access: started().sites.access,
    ...callsOf(server, mara),
    async close() {
      await server.close()
      await db.close()
    },
  }
}

function callsOf(server: TestServer, mara: TestPerson) {
  let names = 0
  return {
    /** Somebody who is a developer in Mara's organization, once the server has heard so. */
    async developer(): Promise<TestPerson> {
      const ines = await server.person("Ines")
      await server.join(ines, mara.organizationId, "developer")
      const look = () => ines.call(`GET /organizations/${mara.organizationId}`)
      await expect.poll(async () => (await look()).status).toBe(200)
      return ines
    },
    /** A key that somebody makes, by default one that may look at projects. */
    async make(wanted: object = {}, who = mara, organizationId = mara.organizationId) {
      const body = { name: `Key ${++names}`, permissions: ["project:read"], ...wanted }
      const answer = await who.call(`POST /organizations/${organizationId}/api-keys`, { body })
      return { ...answer, body: answer.body as ApiKeyWithSecret } // tests look at the status first
    },
    async list(who = mara) {
      const { body } = await who.call(`GET /organizations/${mara.organizationId}/api-keys`)
      return (body as { items: ApiKey[] }).items
    },
    /** What a program gets that calls with a key. */
    by(secret: string, route: string, options: TestCall = {}) {
      const [method, path] = route.split(" ")
      const headers = { authorization: `Bearer ${secret}`, ...options.headers }
      return testClient(server.origin).send(`${method} /api/v1${path}`, { ...options, headers })
    },
    async makeProject(who = mara) {
      const { body } = await who.call("POST /projects", { body: { name: "Tulips" } })
      return (body as { id: string }).id
    },
  }
}
