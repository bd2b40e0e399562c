import { once } from "node:events"
import { setTimeout as delay } from "node:timers/promises"
import { afterEach, expect, test } from "vitest"
import { type GatewayWorld, worldWithApp } from "./testing/world.ts"

let world: GatewayWorld
afterEach(() => world.close())

const poison = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"
const answer = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`

test.each([
  ["behind another", 0],
  ["while nobody asks", 20],
])("an answer that comes %s is never given to the next visitor", async (_, waitMs) => {
  world = await worldWithApp(async ({ url, socket }) => {
    if (url !== "/first") return void socket.write(answer("mine"))
    if (waitMs === 0) return void socket.write(answer("first") + poison)
    socket.write(answer("first"))
    await delay(waitMs)
    socket.write(poison)
  })
  expect((await world.call({ path: "/first" })).body).toBe("first")
  await delay(waitMs * 3)
  for (let i = 0; i < 3; i++) expect((await world.call()).body).toBe("mine")
})

test("what is left of an upload that was answered early is no request of the next visitor", async () => {
  const seen: string[] = []
  world = await worldWithApp(({ url, socket }) => {
    seen.push(url ?? "")
    socket.write(answer("ok"))
  })
  const visitor = world.dial()
  visitor.on("error", () => {})
  visitor.write("POST /up HTTP/1.1\r\nHost: shop.preview.localhost\r\nContent-Length: 60\r\n\r\n")
  await once(visitor, "data")
  visitor.write("GET /smuggled HTTP/1.1\r\nHost: shop.preview.localhost\r\n\r\n")
  expect((await world.call({ path: "/next" })).body).toBe("ok")
  visitor.destroy()
  expect(seen).toEqual(["/up", "/next"])
})

test("bytes that could be read in two ways end in a page of ours", async () => {
  const answers: Record<string, string> = {
    "/lengths": "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "/both": "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n",
    "/fold": "HTTP/1.1 200 OK\r\nX: a\r\n b: c\r\nContent-Length: 0\r\n\r\n",
    "/switch": "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
  }
  world = await worldWithApp(({ url = "", socket }) => void socket.write(answers[url] ?? poison))
  for (const path of Object.keys(answers)) {
    expect((await world.call({ path })).status, path).toBe(502)
  }
})

test("a chunk that is none breaks the visitor's answer off", async () => {
  const head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n"
  world = await worldWithApp(async ({ socket }) => {
    socket.write(head)
    await delay(20)
    socket.write("zz\r\n")
  })
  await expect(world.call()).rejects.toThrow()
})

test("a short answer in chunks comes with its length", async () => {
  world = await worldWithApp(({ method, socket }) => {
    const body = method === "HEAD" ? "" : "4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n"
    socket.write(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${body}`)
  })
  const { headers, body } = await world.call()
  expect(body).toBe("abcdef")
  expect(headers).toMatchObject({ "content-length": "6" })
  expect(headers).not.toHaveProperty("transfer-encoding")
  expect((await world.call({ method: "HEAD" })).headers).not.toHaveProperty("content-length")
})

test("who leaves in the middle of an answer ends the app's work on it", async () => {
  let ended: Promise<unknown> = Promise.resolve()
  world = await worldWithApp((_request, response) => {
    ended = once(response, "close")
    response.write("x".repeat(1000))
  })
  const visitor = world.dial()
  visitor.write("GET / HTTP/1.1\r\nHost: shop.preview.localhost\r\n\r\n")
  await once(visitor, "data")
  visitor.destroy()
  await ended
})

test("an app that comes back is reached without an error in between", async () => {
  world = await worldWithApp((_request, response) => response.end("up"))
  const visits = Array.from({ length: 5 }, () => world.call())
  for (const visit of await Promise.all(visits)) expect(visit.status).toBe(200)
  world.app?.closeAllConnections()
  const again = Array.from({ length: 5 }, () => world.call())
  for (const visit of await Promise.all(again)) expect(visit.status).toBe(200)
})
