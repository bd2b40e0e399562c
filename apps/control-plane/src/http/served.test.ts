import { expect, test } from "vitest"
import { z } from "zod"
import type { AllKinds, HandlersOf } from "../core/kind.ts"
import { addressOf } from "./routes.ts"
import { serve } from "./served.ts"

const table = {
  "GET /toys": {
    summary: "How many toys there are",
    access: { by: "public" },
    reply: { status: 200, body: z.object({ count: z.number() }) },
  },
} as const
const handlers: HandlersOf<typeof table> = { "GET /toys": async () => ({ count: 3 }) }

test("a route without a handler, or a handler without a route, does not compile", () => {
  // @ts-expect-error the table's only row has no handler
  serve("toys", table, {})
  // @ts-expect-error no row has that name
  serve("toys", table, { ...handlers, "GET /nowhere": async () => ({ count: 0 }) })
  // @ts-expect-error kinds are missing
  const some: AllKinds = {}
  expect(Object.keys(some)).toEqual([])
})

test("a row is served with the kind that declares it", async () => {
  const [row] = serve("toys", table, handlers)
  expect(row).toMatchObject({ name: "GET /toys", kind: "toys", route: table["GET /toys"] })
  expect(await row?.handler({})).toEqual({ count: 3 })
})

test("a path of the contract is a path of the server below its prefix", () => {
  expect(addressOf("GET /projects/{projectId}/files")).toEqual({
    method: "GET",
    url: "/api/v1/projects/:projectId/files",
  })
})
