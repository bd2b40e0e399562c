import type { IncomingHttpHeaders } from "node:http"
import { readVisit, visitHeader } from "@vibecaas/contract/visit"
import { afterAll, beforeAll, expect, test } from "vitest"
import { sendTo } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

let server: TestServer
let seen: IncomingHttpHeaders = {}
beforeAll(async () => {
  const pages = {
    handle(request: { headers: IncomingHttpHeaders }, response: { end(text: string): unknown }) {
      seen = request.headers
      response.end("a page")
    },
  }
  server = await testServer({ parts: { pages } })
})
afterAll(() => server.close())

async function visitOf(path: string, headers: Record<string, string> = {}) {
  await sendTo(server.origin, `GET ${path}`, { headers })
  const value = seen[visitHeader]
  return typeof value === "string" ? readVisit(value) : undefined
}

test("a page is told who asks, with all their organizations, and at which address", async () => {
  const mara = await server.person("Mära Halden")
  const visit = await visitOf("/o/x/projects?new=1", { cookie: mara.cookie })
  expect(visit).toMatchObject({
    address: "/o/x/projects?new=1",
    me: { name: "Mära Halden", organizations: [{ personal: true, role: "owner" }] },
  })
})

test("without a session it is told that nobody asks, whatever the client claims", async () => {
  const claim = encodeURIComponent(JSON.stringify({ address: "/", me: { id: "usr_1" } }))
  expect(await visitOf("/settings", { [visitHeader]: claim })).toEqual({
    address: "/settings",
    me: null,
  })
})

test("files of the build are told nothing, and a claim does not reach them either", async () => {
  expect(await visitOf("/_next/static/a.js", { [visitHeader]: "claim" })).toBeUndefined()
  expect(seen[visitHeader]).toBeUndefined()
})
