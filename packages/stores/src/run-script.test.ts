import { createServer, type RequestListener, type Server } from "node:http"
import { connect } from "node:net"
import { systemClock } from "@vibecaas/kernel/clock"
import { afterEach, expect, test } from "vitest"
import type { HttpScript } from "./http-script.ts"
import { runScript, type ScriptRun } from "./run-script.ts"

let server: Server | undefined
afterEach(() => void server?.close())

async function shop(answer: RequestListener): Promise<ScriptRun["connect"]> {
  server = createServer(answer)
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return async () => connect(port, "127.0.0.1")
}

const run = (connectTo: ScriptRun["connect"], script: HttpScript, more: Partial<ScriptRun> = {}) =>
  runScript({
    ...{ script, connect: connectTo, process: "shop", url: "https://mugs.example.test" },
    ...{ variables: {}, upTo: "order", clock: systemClock },
    ...more,
  })

const buying: HttpScript = {
  steps: [
    {
      ...{ name: "Choose", part: "options", method: "GET", path: "/products" },
      capture: { product: { list: "/products", where: "/handle", is: "probe", at: "/id" } },
    },
    {
      ...{ name: "Buy", part: "order", method: "POST", path: "/orders" },
      body: { product: "{product}", note: "for {mark}" },
      capture: { order: { at: "/id" } },
    },
    {
      ...{ name: "Find", part: "found", method: "GET", path: "/orders/{order}" },
      headers: { authorization: "Bearer {secret.token}" },
      expect: [{ at: "/id", equals: "{order}", say: "It is not there." }],
    },
    { name: "Undo", part: "undo", method: "DELETE", path: "/orders/{order}" },
  ],
}

/** Keeps what was asked; `broken` paths answer 500. */
function small(asked: string[], broken: (line: string) => boolean = () => false): RequestListener {
  return async (request, response) => {
    let body = ""
    for await (const part of request) body += part
    const line = `${request.method} ${request.url}${body ? ` ${body}` : ""}`
    asked.push(line)
    response.statusCode = broken(line) ? 500 : 200
    const products = [
      { handle: "mug", id: 1 },
      { handle: "probe", id: 7 },
    ]
    const order = { id: "o/1", said: request.headers.authorization }
    response.end(JSON.stringify(request.url === "/products" ? { products } : order))
  }
}

test("captured values go on with their types, and an order is undone", async () => {
  const asked: string[] = []
  const outcome = await run(await shop(small(asked)), buying, { variables: { mark: "x" } })
  expect(outcome).toMatchObject({ ok: true, order: "o/1" })
  expect(asked).toEqual([
    "GET /products",
    'POST /orders {"product":7,"note":"for x"}',
    "GET /orders/o%2F1",
    "DELETE /orders/o%2F1",
  ])
})

test("an order that cannot be found is undone all the same, and the first failure is told", async () => {
  const asked: string[] = []
  const broken = (line: string) => line.startsWith("GET /orders")
  const variables = { "secret.token": "swordfish" }
  const outcome = await run(await shop(small(asked, broken)), buying, { variables })
  expect(outcome).toMatchObject({
    ok: false,
    failed: { step: "Find", status: 500, say: "It answered 500." },
  })
  expect(asked.at(-1)).toBe("DELETE /orders/o%2F1")
  expect(JSON.stringify(outcome)).not.toContain("swordfish")
})

test("a probe that only looks takes no step that buys", async () => {
  const asked: string[] = []
  await run(await shop(small(asked)), buying, { upTo: "options" })
  expect(asked).toEqual(["GET /products"])
})

test("a shop that does not answer, answers nothing usable or too much is an outcome", async () => {
  const one: HttpScript = {
    steps: [{ name: "Ask", part: "options", method: "GET", path: "/", timeoutMs: 200 }],
  }
  const nobody = await run(() => Promise.reject(new Error("refused")), one)
  expect(nobody.failed?.say).toContain("refused")
  const silent = await run(await shop(() => {}), one)
  expect(silent.failed?.say).toContain("no answer within 200 ms")
  server?.close()
  const endless = await run(
    await shop((_, response) => void response.end("x".repeat(2 * 1024 * 1024))),
    {
      steps: [
        {
          ...one.steps[0],
          name: "Ask",
          part: "options",
          method: "GET",
          path: "/",
          timeoutMs: 5000,
        },
      ],
    },
  )
  expect(endless.failed?.say).toContain("longer than 1 MiB")
})

test("the shop is told the host and protocol that its visitors use", async () => {
  let told: unknown
  const connectTo = await shop((request, response) => {
    const { host, "x-forwarded-proto": protocol } = request.headers
    told = { host, protocol }
    response.end("{}")
  })
  await run(connectTo, { steps: [{ name: "Ask", part: "options", method: "GET", path: "/" }] })
  expect(told).toEqual({ host: "mugs.example.test", protocol: "https" })
})
