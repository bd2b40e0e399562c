import { resolve } from "node:path"
import type { Secret } from "@vibecaas/contract/kinds/secrets"
import { clockAt, type ManualClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import type { Ctx } from "../../core/ctx.ts"
import { testMasterKey } from "../../db/testing/seed.ts"
import { type TestDatabase, testDatabase } from "../../db/testing/test-database.ts"
import { allKinds } from "../../http/testing/all-kinds.ts"
import type { TestPerson } from "../../http/testing/test-client.ts"
import { type TestServer, testServer } from "../../http/testing/test-server.ts"
import { type AppSecrets, makeAppSecrets } from "../make-secrets.ts"
import type { SecretsParts } from "../secrets-parts.ts"

export interface SecretsWorld {
  db: TestDatabase
  clock: ManualClock
  server: TestServer
  mara: TestPerson
  secrets: AppSecrets
  /** what hooks are told, and what they answer */
  hooks: { asked: Parameters<SecretsParts["call"]>[0][]; say: string | undefined }
  parts: SecretsParts
  act<T>(action: (ctx: Ctx) => Promise<T>, who?: TestPerson): Promise<T>
  project(name?: string, who?: TestPerson): Promise<string>
  /** adds a secret; a project's where one is named */
  add(wanted: Record<string, unknown> & { projectId?: string }, who?: TestPerson): Promise<Secret>
  /** what an app would be started with */
  given(projectId: string, variables?: Record<string, string>, who?: TestPerson): Promise<object>
  close(): Promise<void>
}

export const password = "correct horse battery"

/** The whole API on a real database; no machine runs. */
export async function secretsWorld(): Promise<SecretsWorld> {
  const clock = clockAt("2026-01-31T12:00:00Z")
  const db = await testDatabase({ clock })
  const server = await testServer({
    db,
    kinds: (_, accounts) => allKinds(db, { root: resolve("/nonexistent"), accounts }).all,
  })
  const mara = await server.person("Mara")
  const masterKey = testMasterKey
  const secrets = makeAppSecrets({ masterKey })
  const hooks: SecretsWorld["hooks"] = { asked: [], say: undefined }
  const parts: SecretsParts = {
    ...{ scope: db.scope, clock, newId: db.newId, log: silentLog, masterKey },
    call: async (hook) => {
      hooks.asked.push(hook)
      return hooks.say
    },
    due: async () => [],
  }
  const act: SecretsWorld["act"] = (action, who = mara) => {
    const actor = { kind: "user", id: who.userId, name: "Mara", ip: null, requestId: null } as const
    return db.scope({ organizationId: who.organizationId, actor }, action)
  }
  return {
    ...{ db, clock, server, mara, secrets, hooks, parts, act },
    project: async (name = "Shop", who = mara) =>
      ((await who.call("POST /projects", { body: { name } })).body as { id: string }).id,
    async add({ projectId, ...wanted }, who = mara) {
      const of = projectId ? `projects/${projectId}` : `organizations/${who.organizationId}`
      const usual = { name: "DATABASE_PASSWORD", type: "password", value: password }
      const answer = await who.call(`POST /${of}/secrets`, { body: { ...usual, ...wanted } })
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body))
      return answer.body as Secret
    },
    given: (projectId, variables = {}, who = mara) =>
      act(async (ctx) => {
        // Ids that a test was answered.
        const app = { projectId, environment: "production", variables } as never
        return (await secrets.give(ctx, app)).variables
      }, who),
    async close() {
      await server.close()
      await db.close()
    },
  }
}
