import { openSync } from "node:fs"
import { agentRoutes } from "@vibecaas/contract/kinds/agents"
import { makeLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { HandlersOf } from "../core/kind.ts"
import { serve } from "./served.ts"
import type { TestPerson } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

const createOnly = { "POST /projects": agentRoutes["POST /projects"] }

/** Writes where there is no room. */
const writing: HandlersOf<typeof createOnly> = {
  "POST /projects": async ({ body }) => {
    if (body.name === "bug") throw new Error("a mistake of ours")
    throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" })
  },
}

let server: TestServer
let mara: TestPerson
beforeAll(async () => {
  const log = makeLog({ level: "debug", fd: openSync("/dev/full", "w") })
  server = await testServer({ rows: () => serve("agents", createOnly, writing), parts: { log } })
  mara = await server.person()
})
afterAll(() => server.close())

const create = (name: string) => mara.call("POST /projects", { body: { name } })

test("a full disk is told as a problem, also when the log is on it", async () => {
  const answer = await create("anything")
  expect(answer.headers["content-type"]).toContain("application/problem+json")
  expect(answer).toMatchObject({ status: 507, body: { code: "disk_full", status: 507 } })
})

test("a mistake of ours is told without its insides, also when the log cannot be written", async () => {
  const answer = await create("bug")
  expect(answer).toMatchObject({ status: 500, body: { code: "internal" } })
  expect(JSON.stringify(answer.body)).not.toContain("a mistake of ours")
})
