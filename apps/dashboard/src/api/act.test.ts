import { type MutationOptions, QueryClient } from "@tanstack/react-query"
import { expect, test } from "vitest"
import { createProject, projectOf, updateProject } from "../projects/queries.ts"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { project } from "../testing/projects.ts"
import { read, readAll, readPages } from "./read.ts"

const tulips = project({ name: "Tulips" })
const params = { projectId: tulips.id }

/** Sends a change as `useMutation` does. */
function send<Sent, Reply>(
  client: QueryClient,
  options: MutationOptions<Reply, Error, Sent>,
  sent: Sent,
): Promise<Reply> {
  return client.getMutationCache().build(client, options).execute(sent)
}

test("a read is kept under its route and request, so that each asks for itself once", async () => {
  const api = fakeApi({ "GET /projects/{projectId}": () => tulips })
  const client = new QueryClient()
  await client.fetchQuery(read("GET /projects/{projectId}", { params }))
  expect(client.getQueryData(["GET /projects/{projectId}", { params }])).toEqual(tulips)
  await client.fetchQuery({ ...projectOf(tulips.id), staleTime: 60_000 })
  expect(api.calls.map(({ route }) => route)).toEqual(["GET /projects/{projectId}"])
})

test("pages follow each other by their cursor, and all of them make one list", async () => {
  const items = [project(), project(), project()]
  const api = fakeApi({
    "GET /projects": ({ query }) => {
      const at = Number(query.cursor ?? 0)
      return { items: items.slice(at, at + 1), nextCursor: at < 2 ? String(at + 1) : null }
    },
  })
  const client = new QueryClient()
  const pages = await client.fetchInfiniteQuery({ ...readPages("GET /projects", {}), pages: 2 })
  expect(pages.pages.flatMap((page) => page.items)).toEqual(items.slice(0, 2))
  const all = readAll("GET /projects", { query: { search: "o" } }, 10)
  expect(await all.read(new AbortController().signal)).toEqual(items)
  expect(api.calls).toHaveLength(5)
})

test("a change puts its answer in place and has its lists read again", async () => {
  const renamed = { ...tulips, name: "Roses", version: 2 }
  fakeApi({
    "PATCH /projects/{projectId}": () => renamed,
    "GET /projects": () => ({ items: [], nextCursor: null }),
  })
  const client = new QueryClient()
  const list = readPages("GET /projects", {})
  await client.fetchInfiniteQuery(list)
  client.setQueryData(projectOf(tulips.id).queryKey, tulips)
  await send(client, updateProject, { params, body: { name: "Roses" }, ifMatch: 1 })
  expect(client.getQueryData(projectOf(tulips.id).queryKey)).toEqual(renamed)
  expect(client.getQueryState(list.queryKey)?.isInvalidated).toBe(true)
})

test("a refused change is thrown, and what it was based on is read again", async () => {
  fakeApi({
    "PATCH /projects/{projectId}": () => new Refused({ status: 412, detail: "Changed meanwhile." }),
  })
  const client = new QueryClient()
  client.setQueryData(projectOf(tulips.id).queryKey, tulips)
  const sent = { params, body: { name: "Roses" }, ifMatch: 1 }
  await expect(send(client, updateProject, sent)).rejects.toThrow("Changed meanwhile.")
  expect(client.getQueryState(projectOf(tulips.id).queryKey)?.isInvalidated).toBe(true)
})

test("a wish sent again after a failure keeps its key, a granted or another one has a new one", async () => {
  const keys: (string | null)[] = []
  fakeApi({ "POST /projects": () => new Refused({ status: 503, detail: "Busy." }) })
  const real = globalThis.fetch
  globalThis.fetch = (url, init) => {
    keys.push(new Headers(init?.headers).get("idempotency-key"))
    return real(url, init)
  }
  const client = new QueryClient()
  const wish = (name: string) => send(client, createProject, { body: { name } }).catch(() => {})
  await wish("Alder")
  await wish("Alder")
  await wish("Birch")
  const [first, second, third] = keys
  expect(first).toMatch(/^[0-9a-f]{32}$/)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})
