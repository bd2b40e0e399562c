import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { type AddressInfo, connect } from "node:net"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Browser, PageToSee, Seen } from "../browser.ts"
import { troublesOf } from "../troubles.ts"
import { makeChromium } from "./chromium.ts"
import { findChromium } from "./find-chromium.ts"
import { keepEngine } from "./keep-engine.ts"

const options = {
  ...{ program: findChromium() ?? "", nodePath: process.execPath, clock: systemClock },
  ...{ log: silentLog, idleMs: 60_000, loadMsMax: 2500 },
}
let app: Server
/** Stands for our own server, which no page may reach. */
let api: Server
let reached = 0
let browser: Browser

beforeAll(async () => {
  app = createServer(answer).listen(0, "127.0.0.1")
  api = createServer((_, response) => {
    reached += 1
    response.setHeader("access-control-allow-origin", "*").end("REACHED")
  }).listen(0, "127.0.0.1")
  browser = makeChromium(options)
})
afterAll(async () => {
  await browser.close()
  for (const server of [app, api]) server.close().closeAllConnections()
})
const portOf = (server: Server) => (server.address() as AddressInfo).port

const html = (body: string) => `<!doctype html><html lang="en"><title>A page</title><body>${body}`
const withScript = (script: string) => html(`<h1>Hello</h1><script>${script}</script>`)
const goodPage = html("<h1>Hello</h1>")

const pages: Record<string, () => string> = {
  "/fine": () => goodPage,
  "/console": () =>
    withScript(`console.error("the list could not be drawn"); console.log("at", location.href)`),
  "/thrown": () => withScript("nothing.there()"),
  "/request": () => withScript(`fetch("/missing.json"); fetch("/secret.json")`),
  "/narrow": () => withScript(`if (innerWidth < 400) document.querySelector("nav").remove()`),
  "/keeps": () =>
    withScript(`
    const kept = [sessionStorage.at, localStorage.at, window.name, document.cookie]
    document.title = innerWidth + " " + kept.filter(Boolean).join()
    window.onpagehide = () => {
      sessionStorage.at = localStorage.at = window.name = "here"
      document.cookie = "at=here"
    }
    setInterval(window.onpagehide, 20)`),
  "/dialog": () => withScript(`alert("Welcome"); document.title = String(confirm("Really?"))`),
  "/blank": () => html(`<div hidden>Nobody sees this.</div>`),
  "/wide": () => html(`<h1>Hello</h1><div style="width: 900px">A table</div>`),
  "/hangs": () => withScript("for (;;) {}"),
  "/server": () => `${html("<h1>Hello</h1>")}
    <img src="http://127.0.0.1:${portOf(api)}/a"><img src="http://localhost:${portOf(api)}/b">
    <iframe src="http://[::1]:${portOf(api)}/c"></iframe>
    <script>
      fetch("http://127.0.0.1:${portOf(api)}/d", { mode: "no-cors" }).catch(() => {})
      new WebSocket("ws://127.0.0.1:${portOf(api)}/e")
    </script>`,
  "/live": () =>
    withScript(`
    new EventSource("/events").onmessage = ({ data }) => { document.querySelector("h1").textContent = data }`),
  "/form": () =>
    html(`<label>Title <input name="title"></label><button>Add</button><ul></ul><script>
    document.querySelector("button").onclick = () => {
      document.querySelector("ul").innerHTML = "<li>" + document.querySelector("input").value + "</li>"
    }</script>`),
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { url = "", headers } = request
  const page = pages[url]
  if (page) response.setHeader("content-type", "text/html; charset=utf-8").end(page())
  else if (url === "/endless")
    response.writeHead(200, { "content-type": "text/html" }).write(goodPage)
  else if (url === "/away") response.writeHead(302, { location: "https://example.com/" }).end()
  else if (url === "/here") response.writeHead(302, { location: "/fine" }).end()
  else if (url === "/secret.json") response.writeHead(401).end("{}")
  else if (url === "/cookie") {
    response.setHeader("set-cookie", "visits=2; Path=/; HttpOnly")
    response.setHeader("content-type", "text/html").end(html(`<h1>${headers.cookie}</h1>`))
  } else if (url === "/events") {
    response
      .writeHead(200, { "content-type": "text/event-stream" })
      .write("data: From the stream\n\n")
  } else response.writeHead(404).end("Nothing here.")
}

const lookAtAll = (path: string, given: Partial<PageToSee> = {}) =>
  browser.look({
    connect: async () => connect(portOf(app), "127.0.0.1"),
    ...{ path, widths: [1440], scheme: "light", steps: [], cookies: {}, withTree: true },
    ...{ signal: new AbortController().signal, ...given },
  })
async function look(path: string, given: Partial<PageToSee> = {}): Promise<Seen> {
  const [seen] = await lookAtAll(path, given)
  if (!seen) throw new Error("nothing was seen")
  return seen
}

test("a page is seen with its title, its tree and a picture, and its address is a path", async () => {
  const seen = await look("/here")
  expect(seen).toMatchObject({ url: "/fine", title: "A page", status: 200, blank: false })
  expect(troublesOf(seen)).toEqual([])
  expect(seen.tree).toContain('heading "Hello"')
  expect(seen.picture).toMatchObject({ width: 1440, height: 900 })
  expect(seen.picture?.bytes.subarray(0, 3).toString("hex")).toBe("ffd8ff")
})

test("what a page complains about is told, without the host that is only ours", async () => {
  const seen = await look("/console")
  expect(seen.console).toEqual([
    { level: "error", text: "the list could not be drawn" },
    { level: "log", text: "at /console" },
  ])
  expect(troublesOf(seen)).toEqual(["Console: the list could not be drawn"])
  expect(troublesOf(await look("/thrown"))).toEqual([
    expect.stringMatching(/^Uncaught error: ReferenceError: nothing is not defined at \/thrown/),
  ])
})

test("a request that fails is told with what it asked for; one that needs a sign-in is none", async () => {
  expect(troublesOf(await look("/request"))).toEqual([
    "Failed request: GET /missing.json: it answered 404",
  ])
})

test("a page that breaks on narrow screens only is told apart", async () => {
  expect(troublesOf(await look("/narrow"))).toEqual([])
  const [trouble] = troublesOf(await look("/narrow", { widths: [375] }))
  expect(trouble).toMatch(/Cannot read properties of null/)
  expect((await look("/wide", { widths: [375] })).scrollsSidewaysBy).toBeGreaterThan(500)
})

test("dialogs are answered with no and hold nobody up", async () => {
  const seen = await look("/dialog")
  expect(seen.dialogs).toEqual(["alert: Welcome", "confirm: Really?"])
  expect(seen.title).toBe("false")
})

test("at each width the page is as new: it finds nothing of what it kept at the one before", async () => {
  const titles = (await lookAtAll("/keeps", { widths: [375, 1440, 375] })).map(({ title }) => title)
  expect(titles).toEqual(["375", "1440", "375"])
})

test("a page with nothing on it is blank", async () => {
  expect(troublesOf(await look("/blank"))).toEqual(["The page is blank: nothing is on it."])
})

test("a page that never ends loading is told as that at each width, and still shown", async () => {
  for (const seen of await lookAtAll("/endless", { widths: [375, 1440] })) {
    expect(seen.notLoaded).toBe("The page did not end loading within 2.5 s.")
    expect(seen.picture?.width).toBeOneOf([375, 1440])
  }
})

test("a page that hangs the browser's tab holds up neither its look nor others", async () => {
  const [hanging, fine] = await Promise.all([look("/hangs"), look("/fine")])
  expect(hanging.notLoaded).toMatch(/did not end loading/)
  expect(troublesOf(fine)).toEqual([])
})

test("a page that leads to another host is stopped there", async () => {
  const seen = await look("/away")
  expect(seen.notLoaded).toBe(
    "The page led to another host: https://example.com/. Only the app itself can be reached.",
  )
})

test("nothing of the server that looks can be reached, by whatever name", async () => {
  const seen = await look("/server")
  expect(seen.failedRequests.map(({ url }) => URL.parse(url)?.pathname).toSorted()).toEqual(
    expect.arrayContaining(["/a", "/b", "/c", "/d"]),
  )
  for (const { why } of seen.failedRequests) expect(why).toMatch(/^another host/)
  expect(reached).toBe(0)
})

test("a stream of events reaches the page while it is looked at", async () => {
  const seen = await look("/live", { steps: [{ do: "wait", text: "From the stream" }] })
  expect(seen.stepFailed).toBeUndefined()
  expect(seen.tree).toContain("From the stream")
})

test("steps use the page as people do, and one that cannot be taken is told", async () => {
  const add = [
    { do: "type", role: "textbox", name: "Title", value: "Walden" },
    { do: "click", role: "button", name: "Add" },
  ] as const
  const seen = await look("/form", { steps: add })
  expect(seen.tree).toContain("listitem: Walden")
  const failed = await look("/form", { steps: [...add, { do: "click", text: "Remove" }, ...add] })
  expect(failed.stepFailed).toMatch(/^Step 3 \(click\): Timeout/)
  expect(failed.tree).toContain("Walden")
})

test("cookies go in and come out, and no other look has them", async () => {
  const seen = await look("/cookie", { cookies: { visits: "1" } })
  expect(seen.tree).toContain("visits=1")
  expect(seen.cookies).toEqual({ visits: "2" })
  expect((await look("/fine")).cookies).toEqual({})
})

test("whoever is no longer interested leaves at once", async () => {
  const gone = new AbortController()
  const looking = look("/endless", { signal: gone.signal })
  setTimeout(() => gone.abort(new Error("The run was cancelled.")), 300)
  await expect(looking).rejects.toThrow("The run was cancelled.")
})

test("a browser that died is started anew, one that nobody uses is ended", async () => {
  const { running, endWhenIdle } = keepEngine({ ...options, idleMs: 50 })
  const first = await running()
  first.kill()
  await first.gone
  const second = await running()
  expect(second).not.toBe(first)
  endWhenIdle()
  await second.gone
})

test("a program that is no browser is told as one that cannot be had", async () => {
  const other = makeChromium({ ...options, program: "/usr/bin/true" })
  const page = {
    path: "/",
    widths: [375],
    scheme: "light",
    steps: [],
    cookies: {},
    withTree: true,
  } as const
  const { signal } = new AbortController()
  const connectTo = async () => connect(portOf(app), "127.0.0.1")
  await expect(other.look({ ...page, signal, connect: connectTo })).rejects.toMatchObject({
    code: "browser_missing",
  })
})
