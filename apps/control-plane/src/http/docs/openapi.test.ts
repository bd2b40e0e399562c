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
  components: { schemas: Record<string, unknown> }
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
  const known = Object.keys(document.components.schemas).map((n) => `#/components/schemas/${n}`)
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
  expect(list?.security).toEqual([{ session: [] }])
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

test("the document and the explorer are served, and the explorer names no other site", async () => {
  const client = testClient(server.origin)
  const json = await client.send("GET /docs/api/openapi.json")
  expect(json).toMatchObject({ status: 200, body: { openapi: "3.1.0" } })
  expect((await client.send("GET /docs/api")).headers.location).toBe("/docs/api/")
  const page = await client.send("GET /docs/api/")
  expect(page.status).toBe(200)
  expect(String(page.body).match(/https?:\/\/[^"'\s]+/g)).toBeNull()
  const policy = String(page.headers["content-security-policy"])
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/=]+';/)
  expect(policy).toContain("frame-ancestors 'none'")
  const script = await client.send("GET /docs/api/js/scalar.js")
  expect([script.status, script.headers["content-type"]]).toEqual([
    200,
    expect.stringContaining("javascript"),
  ])
})
