import type { Starter as Shown, StarterSummary } from "@vibecaas/contract/kinds/starters"
import { toyFolder, toyStarter } from "@vibecaas/starters/testing/toy-starter"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { TestPerson } from "../http/testing/test-client.ts"
import { type TestServer, testServer } from "../http/testing/test-server.ts"
import { makeCatalogue } from "./catalogue.ts"
import { makeStarters } from "./make-starters.ts"

const toys = toyFolder()
const inAll = (text: string) => ({ en: text, de: text, fr: text, es: text })
const add = (id: string, changes: object) => {
  toys.write(`${id}/starter.json`, JSON.stringify({ ...toyStarter, id, ...changes }))
  toys.write(`${id}/files/settings.json`, "{}")
}
add("board", {
  ...{ name: { ...inAll("Live board"), de: "Tafel für Aufgaben" }, category: "productivity" },
  ...{ tags: ["kanban", "live"], stack: "react" },
  words: { en: ["trello"], de: ["Aufgabenübersicht"], fr: [], es: [] },
})
add("shop", { name: inAll("Small shop"), category: "commerce", tags: ["live"], stack: "python" })
toys.write("board/picture-light.webp", "light")
toys.write("board/picture-dark.webp", "dark")

let server: TestServer
let mara: TestPerson
beforeAll(async () => {
  const starters = makeStarters({
    catalogue: makeCatalogue(toys.folder),
    repositories: { of: never, remove: never, list: never } as never, // no test here makes one
    toolchains: { node: process.version },
  })
  server = await testServer({ kinds: () => ({ starters }) })
  mara = await server.person("Mara")
})
afterAll(async () => {
  await server.close()
  toys[Symbol.dispose]()
})

function never(): never {
  throw new Error("not part of these tests")
}

type Listed = { items: StarterSummary[]; nextCursor: string | null; tags: string[] }
const list = async (query: Record<string, string>) => {
  const { body } = await mara.call(`GET /starters?${new URLSearchParams(query)}`)
  return body as Listed // the reply's schema holds it
}
const ids = async (query: Record<string, string>) => (await list(query)).items.map(({ id }) => id)

test("a starter says what the host lacks to run it", async () => {
  const { items } = await list({})
  const needs = new Map(items.map(({ stack, needs }) => [stack, needs]))
  expect(needs.get("react")).toBeNull()
  expect(needs.get("python")).toMatch(/no Python/)
})

test("starters are listed by category, page by page, with the categories and tags there are", async () => {
  expect(await ids({})).toEqual(["toy", "board", "shop"])
  const first = await list({ limit: "2" })
  expect(first).toMatchObject({
    categories: ["start", "productivity", "commerce"],
    tags: ["live", "kanban", "toy"],
  })
  expect(await ids({ limit: "2", cursor: first.nextCursor ?? "" })).toEqual(["shop"])
})

test("they are chosen by category, tag and stack", async () => {
  expect(await ids({ category: "commerce" })).toEqual(["shop"])
  expect(await ids({ tag: "live" })).toEqual(["board", "shop"])
  expect(await ids({ tag: "live", stack: "react" })).toEqual(["board"])
})

test.each([
  ["trello", ["board"]],
  ["aufgabenubersicht", ["board"]],
  ["TAFEL", ["board"]],
  ["live boa", ["board"]],
  ["live", ["board", "shop"]],
  ["shop with zeppelins", ["shop"]],
  ["zeppelins", []],
])(
  "“%s” finds them in any language, by beginnings, the best match first",
  async (search, found) => {
    expect(await ids({ search })).toEqual(found)
  },
)

test("one is shown with what it includes and its parameters, without the words that announce them", async () => {
  const { body } = await mara.call("GET /starters/board")
  const shown = body as Shown
  expect(shown.includes).toEqual([{ id: "title", says: inAll("Says its title") }])
  expect(shown.parameters.map(({ kind }) => kind)).toEqual(
    toyStarter.parameters.map(({ kind }) => kind),
  )
  expect(JSON.stringify(shown)).not.toContain("words")
  expect((await mara.call("GET /starters/nobody")).status).toBe(404)
})

test("a picture is kept by browsers as long as its address names just that picture", async () => {
  const { picture } = (await list({ search: "trello" })).items[0] ?? {}
  const get = (query: string) => mara.call(`GET /starters/board/picture?${query}`)
  const kept = await get(`scheme=dark&version=${picture}`)
  expect(kept).toMatchObject({
    ...{ status: 200, body: "dark" },
    headers: {
      "content-type": "image/webp",
      "cache-control": "private, max-age=31536000, immutable",
    },
  })
  const other = await get("version=another")
  expect(other).toMatchObject({ body: "light", headers: { "cache-control": "no-store" } })
  const none = await mara.call("GET /starters/shop/picture")
  expect(none).toMatchObject({ status: 404, headers: { "cache-control": "no-store" } })
})
