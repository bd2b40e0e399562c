import { kinds } from "@vibecaas/contract/kinds"
import { type RouteTable, routes } from "@vibecaas/contract/routes"
import { afterAll, beforeAll, expect, test } from "vitest"
import { testClient } from "../testing/test-client.ts"
import { type TestServer, testServer } from "../testing/test-server.ts"
import { openApiOf, operationIdOf } from "./openapi.ts"

const table: RouteTable = routes
const rows = Object.entries(kinds).flatMap(([kind, { routes }]) => {
  const rowsOfKind: RouteTable = routes
  return Object.entries(rowsOfKind).map(([name, route]) => ({ name, kind, route }))
})
const options = {
  rows,
  version: "1.2.3",
  publicUrl: "http://localhost:3000",
  sessionCookie: "vibecaas.session",
}
const document = openApiOf(options) as unknown as Document

interface Document {
  paths: Record<string, Record<string, Operation>>
  components: Record<"schemas" | "headers", Record<string, unknown>>
}
interface Operation {
  operationId: string
  parameters?: { name: string; in: string; required: boolean }[]
  responses: Record<string, unknown>
  security: object[]
}

test("every row of the table is described once, with an id of its own", () => {
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  )
  const names = Object.keys(table)
  expect(ids.toSorted()).toEqual(names.map(operationIdOf).toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

test("every reference leads to a component", () => {
  const text = JSON.stringify(document)
  const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target)
  expect(references.length).toBeGreaterThan(50)
  const known = (["schemas", "headers"] as const).flatMap((part) =>
    Object.keys(document.components[part]).map((name) => `#/components/${part}/${name}`),
  )
  expect(references.filter((target) => !known.includes(target ?? ""))).toEqual([])
})

test("a list's call says what it takes, what it answers and how it fails", () => {
  const list = document.paths["/projects"]?.get
  expect(list?.parameters?.map(({ name, in: place, required }) => [name, place, required])).toEqual(
    [
      ["limit", "query", false],
      ["cursor", "query", false],
      ["organizationId", "query", false],
      ["state", "query", false],
      ["search", "query", false],
    ],
  )
  expect(Object.keys(list?.responses ?? {})).toEqual([
    ...["200", "400", "401", "403", "404", "422", "429", "500", "503"],
  ])
  expect(list?.security).toEqual([{ session: [] }, { apiKey: [] }])
})

test("the file's shape is kept: a change here is a change of the API", () => {
  const shape = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { responses }]) =>
        `${method.toUpperCase()} ${path} → ${Object.keys(responses).join(" ")}`,
    ),
  )
  expect(shape.toSorted()).toMatchSnapshot()
})

let server: TestServer
beforeAll(async () => {
  server = await testServer()
})
afterAll(() => server.close())

test("the document and its pages are served packed, without a script, and name no other site", async () => {
  const client = testClient(server.origin)
  const json = await client.send("GET /docs/api/openapi.json")
  expect(json).toMatchObject({ status: 200, body: { openapi: "3.1.0" } })
  expect((await client.send("GET /docs/api/")).headers.location).toBe("/docs/api")
  const page = await client.send("GET /docs/api", { headers: { cookie: "theme=dark" } })
  expect(page.status).toBe(200)
  const html = String(page.body)
  expect(html).toContain('<html lang="en" data-theme="dark">')
  expect(html).toContain('<a class="back" href="/">Back to the dashboard</a>')
  expect(html).not.toMatch(/<script|style=|https?:\/\//)
  const policy = String(page.headers["content-security-policy"])
  expect(policy).toContain("default-src 'none'; style-src 'self'")
  expect(policy).toContain("frame-ancestors 'none'")
  const again = await client.send("GET /docs/api", {
    headers: { cookie: "theme=dark", "if-none-match": String(page.headers.etag) },
  })
  expect(again.status).toBe(304)
})

test("each page, its style included, weighs a fraction of 400 kB when packed", async () => {
  const client = testClient(server.origin)
  const weigh = async (path: string) => {
    const headers = { "accept-encoding": "gzip" }
    const answer = await fetch(`${server.origin}${path}`, { headers })
    expect(answer.headers.get("content-encoding"), path).toBe("gzip")
    return Number(answer.headers.get("content-length"))
  }
  const { body } = await client.send("GET /docs/api")
  const hrefs = [...String(body).matchAll(/href="(\/docs\/api[^"#]*)"/g)].map(([, href]) => href)
  const pages = new Set(hrefs.flatMap((href) => href ?? []))
  expect([...pages]).toContain("/docs/api/authentication")
  for (const path of pages) expect(await weigh(path), path).toBeLessThan(100_000)
})

test("while the document is packed others are answered", async () => {
  const answered: string[] = []
  const read = async (path: string) => {
    const headers = { "accept-encoding": "br" }
    await (await fetch(`${server.origin}${path}`, { headers })).arrayBuffer()
    answered.push(path)
  }
  await Promise.all(["/docs/api/openapi.json", "/docs/api/icon.svg"].map(read))
  expect(answered).toEqual(["/docs/api/icon.svg", "/docs/api/openapi.json"])
})
