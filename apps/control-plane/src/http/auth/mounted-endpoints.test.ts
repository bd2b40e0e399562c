import { accountRoutes } from "@vibecaas/contract/kinds/accounts"
import { silentLog } from "@vibecaas/kernel/log"
import { betterAuth } from "better-auth"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestServer, testServer } from "../testing/test-server.ts"
import { optionsOf } from "./library.ts"

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

/** Every endpoint that the sign-in library would mount with our options. */
function libraryEndpoints(): { method: string; path: string }[] {
  const options = optionsOf({
    pool: undefined,
    secret: "x".repeat(32),
    publicUrl: server.origin,
    log: silentLog,
    isDisabled: async () => false,
  })
  const endpoints = Object.values(betterAuth({ ...options, database: undefined }).api)
  return endpoints.flatMap(({ path, options }) =>
    path ? [options.method ?? "GET"].flat().map((method) => ({ method, path })) : [],
  )
}

test("only the contract's calls of the sign-in library are reachable; all others are 404", async () => {
  const person = await server.person()
  const allowed = new Set<string>(Object.keys(accountRoutes))
  const endpoints = libraryEndpoints()
  expect(endpoints.length).toBeGreaterThan(25)
  for (const { method, path } of endpoints) {
    const name = `${method} /auth${path}`
    if (allowed.has(name)) continue
    const body = method === "GET" ? {} : { body: {} }
    const answer = await person.call(name.replaceAll(/:\w+/g, "x"), body)
    expect(answer.status, name).toBe(404)
  }
})
