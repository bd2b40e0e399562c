import { request } from "node:http"
import { brotliCompressSync } from "node:zlib"
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest"
import { dashboardOrigin, type GatewayWorld, worldWithApp } from "./testing/world.ts"

let world: GatewayWorld
/** what the app answers, and what it was asked with */
let answer: { headers: Record<string, string>; body: string | Buffer; chunked?: boolean }
let asked: Record<string, unknown>
let newest: string | undefined
let tellAll: () => void

beforeAll(async () => {
  world = await worldWithApp((incoming, response) => {
    asked = incoming.headers
    const { body, chunked } = answer
    const length = chunked ? {} : { "content-length": Buffer.byteLength(body) }
    response.writeHead(200, { "content-type": "text/html", ...answer.headers, ...length })
    if (chunked) response.write(body)
    response.end(chunked ? "" : body)
  })
})
afterAll(() => world.close())
beforeEach(() => {
  const hearers = new Set<() => void>()
  tellAll = () => {
    for (const told of hearers) told()
  }
  newest = "7"
  answer = { headers: {}, body: "<h1>Page</h1>" }
  worksOn({
    newest: async () => newest,
    hear(told) {
      hearers.add(told)
      return () => void hearers.delete(told)
    },
  })
})

/** The gateway remembers a site for a moment. */
function worksOn(starts: GatewayWorld["starts"]): undefined {
  world.starts = starts
  world.gateway.recheck({ host: "shop" })
}

const end = '\n<script src="/.vibecaas/reload.js" data-start="7" async></script>\n'
const opens = { accept: "text/html,application/xhtml+xml" }
const open = (headers: Record<string, string> = opens) => world.call({ headers })

test("a page that a browser opens ends with the script, whole and kept by nobody", async () => {
  for (const chunked of [false, true]) {
    answer = {
      headers: { etag: '"1"', "cache-control": "max-age=60" },
      body: "<h1>é</h1>",
      chunked,
    }
    const { body, headers } = await open()
    expect(body).toBe(`<h1>é</h1>${end}`)
    expect(headers).toMatchObject({
      ...{ "cache-control": "no-store", "content-length": String(Buffer.byteLength(body)) },
    })
    expect(headers.etag).toBeUndefined()
  }
})

test("a page that comes before its start is written down loads itself again with the first that is", async () => {
  newest = undefined
  expect((await open()).body).toContain('data-start="early"')
})

test("the app is asked for the page itself, not for a packed or an unchanged one", async () => {
  const packed = { "accept-encoding": "br", "if-none-match": '"1"', range: "bytes=0-1" }
  await open({ ...opens, ...packed })
  for (const name of Object.keys(packed)) expect(asked[name], name).toBeUndefined()
  await open({ accept: "*/*", ...packed })
  expect(asked).toMatchObject(packed)
})

test.each<[string, () => Record<string, string> | undefined]>([
  ["what a script fetches", () => ({ accept: "*/*" })],
  ["what the browser says is not for a tab", () => ({ ...opens, "sec-fetch-dest": "image" })],
  ["what is no page", () => says({ "content-type": "application/json" })],
  ["what is packed", () => says({ "content-encoding": "br" }, brotliCompressSync("<h1>Page</h1>"))],
  ["a page whose policy lets no script in", () => policy("script-src 'none'")],
  [
    "a page whose policy trusts by nonce",
    () => policy("script-src 'self' 'nonce-1' 'strict-dynamic'"),
  ],
  ["a page that may not connect", () => policy("default-src 'self'; connect-src 'none'")],
  ["a page in a sandbox of its own", () => policy("sandbox allow-scripts")],
  ["a page of what nobody works on", () => worksOn(undefined)],
])("%s stays as it is", async (_, given) => {
  const { body } = await open(given() ?? opens)
  expect(body).not.toContain("reload.js")
})

function says(headers: Record<string, string>, body: string | Buffer = answer.body): undefined {
  answer = { headers, body }
}
const policy = (text: string) => says({ "content-security-policy": text })

test("a page whose policy lets its own scripts in is told", async () => {
  policy("default-src 'none'; script-src 'self'; connect-src 'self'")
  expect((await open()).body).toContain(end)
})

test("the script comes from the site's own host, and tells only the dashboard", async () => {
  const { body, headers } = await world.call({ path: "/.vibecaas/reload.js" })
  expect(headers["content-type"]).toBe("text/javascript; charset=utf-8")
  expect(body).toContain(`postMessage("vibecaas:reloads", "${dashboardOrigin}")`)
})

test("an open page hears of each start once, of those before it came, and of none under way", async () => {
  const heard: string[] = []
  const headers = { host: "shop.preview.localhost" }
  const hearing = request({ port: world.port, path: "/.vibecaas/starts", headers }, (stream) => {
    stream.setEncoding("utf8").on("data", (text: string) => heard.push(...text.split("\n\n")))
  })
  hearing.on("error", () => {}).end()
  const told = () => heard.filter((each) => each.startsWith("data:"))
  await expect.poll(told).toEqual(["data: 7"])
  tellAll()
  newest = undefined
  tellAll()
  newest = "8"
  tellAll()
  tellAll()
  await expect.poll(told).toEqual(["data: 7", "data: 8"])
  hearing.destroy()
})

test("a site that nobody works on has neither script nor starts", async () => {
  worksOn(undefined)
  for (const path of ["/.vibecaas/reload.js", "/.vibecaas/starts"]) {
    expect((await world.call({ path })).status).toBe(404)
  }
})

test("a page in a frame of the dashboard tells it where it is, whatever the site is", async () => {
  worksOn(undefined)
  const script = '\n<script src="/.vibecaas/frame.js"></script>\n'
  const framed = { ...opens, "sec-fetch-dest": "iframe", "accept-encoding": "br" }
  const { body, headers } = await open(framed)
  expect(body).toBe(`<h1>Page</h1>${script}`)
  expect(headers["cache-control"]).toBe("no-store")
  expect(asked["accept-encoding"]).toBeUndefined()
  policy("default-src 'self'; connect-src 'none'")
  expect((await open(framed)).body).toContain(script)
  policy("script-src 'none'")
  expect((await open(framed)).body).toBe("<h1>Page</h1>")
  const frame = await world.call({ path: "/.vibecaas/frame.js" })
  expect(frame.body).toContain(`const dashboard = "${dashboardOrigin}"`)
})
