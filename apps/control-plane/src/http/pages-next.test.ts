import { existsSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Gateway } from "./dispatch.ts"
import { type NextPages, nextPages } from "./pages-next.ts"
import { sendTo } from "./testing/test-client.ts"
import { type TestServer, testServer } from "./testing/test-server.ts"

const dir = fileURLToPath(new URL("../../../dashboard", import.meta.url))
const built = existsSync(`${dir}/.next/BUILD_ID`)
const frames = ["http://*.preview.localhost:3000"]

const apps: Gateway = {
  owns: (host) => host === "x.preview.localhost",
  request: (_, response) => void response.end("an app"),
  upgrade: (_, socket) => socket.end("HTTP/1.1 418 App\r\n\r\n"),
  recheck: () => {},
}

// Without a build there are no pages to look at; `bin/test` builds first.
describe.skipIf(!built)(`the built dashboard${built ? "" : " [skipped: it is not built]"}`, () => {
  let server: TestServer
  let pages: NextPages
  beforeAll(async () => {
    pages = await nextPages({ dir, publicUrl: "http://localhost:3000", frames })
    server = await testServer({ parts: { pages, gateway: apps } })
  })
  afterAll(async () => {
    await server.close()
    await pages.close()
  })
  const get = (path: string) => sendTo(server.origin, `GET ${path}`, {})

  test("every script of a page carries the nonce of its answer's policy, new each time", async () => {
    const answers = [await get("/sign-in"), await get("/sign-in")]
    const nonces = answers.map(({ headers, body }) => {
      const policy = String(headers["content-security-policy"])
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
      const scripts = String(body).match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(3)
      expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([])
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
  })

  test("pages may frame previews, and nobody may frame them", async () => {
    const { headers } = await get("/sign-in")
    const policy = String(headers["content-security-policy"])
    expect(policy).toContain(`frame-src ${frames[0]}`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("connect-src 'self' ws://localhost:3000")
    expect(headers).toMatchObject({
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
    })
    expect(headers["x-powered-by"]).toBeUndefined()
  })

  test("a request for an optimized picture writes nothing where the pages were built", async () => {
    const bare = createServer((request, response) => void pages.handle(request, response))
    await new Promise<void>((resolve) => bare.listen(0, "127.0.0.1", resolve))
    const { port } = bare.address() as AddressInfo // null only before listen
    const answer = await sendTo(
      `http://127.0.0.1:${port}`,
      "GET /_next/image?url=%2Fx&w=64&q=75",
      {},
    )
    expect(answer.status).toBe(404)
    await new Promise((resolve) => bare.close(resolve))
    expect(existsSync(`${dir}/.next/cache/images`)).toBe(false)
  })

  test("after pages were shown, upgrades still have the one listener and go where their host says", async () => {
    await get("/")
    expect(server.http.upgradeListeners()).toBe(1)
    for (const path of ["/", "/sign-in", "/projects/x", "/zzz"]) {
      const answer = await sendTo(server.origin, `GET ${path}`, {
        headers: { host: "x.preview.localhost", connection: "Upgrade", upgrade: "websocket" },
      })
      expect(answer.status, path).toBe(418)
    }
  })
})
