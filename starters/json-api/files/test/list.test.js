import assert from "node:assert/strict"
import { after, before, test } from "node:test"
import { clientOf, resource, settings, valueFor } from "../testing/api-client.js"
import { startApp } from "../testing/start-app.js"

const count = 23
let app
let api
before(async () => {
  app = await startApp()
  api = clientOf(app)
  for (let index = 1; index <= count; index++) {
    const values = resource.fields.map((field) => [field.name, valueFor(field, index)])
    await api.create(Object.fromEntries(values))
  }
})
after(() => app.stop())

const ids = ({ value }) => value.items.map(({ id }) => id)

test("a list has the newest first, in pages of the settings' size", async () => {
  const { value } = await api.ask("GET")
  assert.equal(value.total, count)
  assert.equal(value.limit, settings.pageSize)
  assert.equal(value.items.length, Math.min(count, settings.pageSize))
  assert.equal(value.items[0].id, count)
})

test("pages follow each other by the links, and no record is twice", async () => {
  const seen = []
  let path = `${resource.path}?limit=10&sort=id`
  while (path) {
    const answer = await app.ask("GET", path)
    seen.push(...ids(answer))
    path = /<([^>]+)>; rel="next"/.exec(answer.headers.get("link"))?.[1]
  }
  assert.deepEqual(
    seen,
    Array.from({ length: count }, (_, at) => at + 1),
  )
})

test("every field sorts, both ways", async () => {
  for (const { name } of resource.fields) {
    const up = (await api.ask("GET", `?limit=100&sort=${name}`)).value.items.map((one) => one[name])
    const down = (await api.ask("GET", `?limit=100&sort=-${name}`)).value.items.map(
      (one) => one[name],
    )
    assert.deepEqual(down, up.toReversed(), name)
  }
})

test("every field filters by its exact value", async () => {
  for (const field of resource.fields) {
    const wanted = valueFor(field, 7)
    const { value } = await api.ask("GET", `?limit=100&${field.name}=${encodeURIComponent(wanted)}`)
    assert.ok(value.total > 0, field.name)
    assert.ok(value.items.every((one) => one[field.name] === wanted))
  }
})

const textField = resource.fields.find(({ type }) => type === "text")

test("search finds what a value contains", { skip: !textField && "no text field" }, async () => {
  await api.create({ [textField.name]: "A 100% quite Unusual wording" })
  assert.equal((await api.ask("GET", "?q=unusual")).value.total, 1)
  assert.equal((await api.ask("GET", "?q=100%25")).value.total, 1)
  assert.equal((await api.ask("GET", "?q=nowhere-to-be-found")).value.total, 0)
  await api.ask("DELETE", `/${count + 1}`)
})

test("what an address asks wrongly is told, all at once", async () => {
  const { status, value } = await api.ask("GET", "?page=0&limit=101&sort=mood&stranger=1")
  assert.equal(status, 400)
  const named = value.errors.map(({ parameter }) => parameter)
  assert.deepEqual(named.sort(), ["limit", "page", "sort", "stranger"])
})
