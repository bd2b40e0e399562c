import { agentRoutes } from "@vibecaas/contract/kinds/agents"
import { fault } from "@vibecaas/kernel/fault"
import { expect, test } from "vitest"
import type { HandlersOf } from "../core/kind.ts"
import { faultsOf } from "./faults-of.ts"
import { serve } from "./served.ts"
import { testServer } from "./testing/test-server.ts"

const createOnly = { "POST /projects": agentRoutes["POST /projects"] }

test("a test whose server answers a code that its row does not declare fails at its end", async () => {
  const refusing: HandlersOf<typeof createOnly> = {
    "POST /projects": async () => {
      throw fault("path_refused", { say: "Not declared by this row." })
    },
  }
  const server = await testServer({ rows: () => serve("agents", createOnly, refusing) })
  const person = await server.person()
  expect((await person.call("POST /projects", { body: {} })).status).toBe(422)
  await expect(server.close()).rejects.toThrow(/does not declare.*path_refused/)
})

test("what is declared is the row's own, and what any call of its access and shape may meet", () => {
  const declared = faultsOf("POST", createOnly["POST /projects"])
  expect([...declared]).toEqual(expect.arrayContaining(["quota_exceeded", "forbidden", "invalid"]))
  expect(declared.has("path_refused")).toBe(false)
  const anybody = {
    summary: "",
    access: { by: "public" },
    reply: { status: 200, body: null },
  } as const
  expect([...faultsOf("GET", anybody)]).toEqual(["rate_limited", "internal", "unavailable"])
})
