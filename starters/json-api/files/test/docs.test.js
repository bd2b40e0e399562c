import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { html } from "../server/html.js"
import { makeResource } from "../server/resource.js"
import { clientOf, example, resource, settings } from "../testing/api-client.js"
import { startApp } from "../testing/start-app.js"

let app
before(async () => {
  app = await startApp()
})
after(() => app.stop())

const description = async () => (await app.ask("GET", "/openapi.json")).value

test("the description is OpenAPI with the settings' resource and fields", async () => {
  const { openapi, info, paths, components } = await description()
  assert.match(openapi, /^3\.1\./)
  assert.equal(info.title, settings.title)
  assert.deepEqual(Object.keys(paths), [resource.path, `${resource.path}/{id}`])
  const names = resource.fields.map(({ name }) => name)
  assert.deepEqual(Object.keys(components.schemas.Record.properties), names)
})

test("every reference in the description leads somewhere", async () => {
  const spec = await description()
  const references = [...JSON.stringify(spec).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path,
  )
  assert.ok(references.length > 5)
  for (const path of references)
    assert.ok(
      path.split("/").reduce((part, name) => part?.[name], spec),
      path,
    )
})

test("every operation answers one of the states that it describes", async () => {
  const api = clientOf(app)
  const { id } = await api.create()
  const { paths } = await description()
  for (const [path, methods] of Object.entries(paths))
    for (const [method, { responses, requestBody }] of Object.entries(methods)) {
      const below = path.slice(resource.path.length).replace("{id}", id)
      const answer = await api.ask(method.toUpperCase(), below, requestBody && example)
      assert.ok(responses[answer.status], `${method} ${path} answered ${answer.status}`)
    }
})

test("the example of the description is a body that is taken", async () => {
  const { components } = await description()
  const { status } = await clientOf(app).ask("POST", "", components.schemas.Record.example)
  assert.equal(status, 201)
})

test("the page names every operation, field and state, and has a form to try each", async () => {
  const page = await app.page("/")
  const { paths } = await description()
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods))
  assert.equal(page.match(/data-try/g).length, operations.length)
  for (const { summary } of operations) assert.ok(page.includes(html`${summary}</h2>`), summary)
  for (const { name } of resource.fields) assert.ok(page.includes(`<code>${name}</code>`), name)
  assert.equal(page.includes("data-key"), settings.keyToWrite)
})

test("what the page needs is there", async () => {
  for (const [, path] of (await app.page("/")).matchAll(/(?:src|href)="(\/[^"]+)"/g))
    assert.equal((await app.ask("GET", path)).status, 200, path)
})

test("fields are read from what people write", () => {
  const { path, fields } = makeResource({
    resource: "Größte Räume",
    fields: [
      "Net price: amount",
      "net price",
      "id",
      "Größe: Zahl",
      "state: new|sold|new",
      "日本",
      "born: date",
    ],
  })
  assert.equal(path, "/api/grosste-raume")
  assert.deepEqual(
    fields.map(({ name, type }) => `${name} ${type}`),
    [
      ...["netPrice number", "field2 text", "field3 text", "grosse number", "state choice"],
      ...["field6 text", "born date"],
    ],
  )
  assert.deepEqual(fields[4].choices, ["new", "sold"])
})
