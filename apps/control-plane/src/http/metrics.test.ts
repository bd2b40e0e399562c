import Fastify from "fastify"
import { expect, test } from "vitest"
import { registerMetrics } from "./metrics.ts"

function served(token: string | undefined) {
  const app = Fastify()
  registerMetrics(app, { contentType: "text/plain", read: async () => "up 1\n", token })
  return (authorization?: string) =>
    app.inject({ url: "/metrics", headers: authorization ? { authorization } : {} })
}

test("where a token is set, only who says it reads the numbers", async () => {
  const ask = served("a-long-enough-token")
  for (const said of [undefined, "Bearer another", "a-long-enough-token"]) {
    const answer = await ask(said)
    expect([answer.statusCode, answer.body]).toEqual([401, "Say the token.\n"])
  }
  expect((await ask("Bearer a-long-enough-token")).body).toBe("up 1\n")
})

test("without one whoever reaches the server reads them", async () => {
  expect((await served(undefined)()).statusCode).toBe(200)
})
