import { readdirSync, readFileSync } from "node:fs"
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { afterEach, expect, test } from "vitest"
import { makeAssets } from "./assets.ts"
import { openShop } from "./shop.ts"
import { makeStorefront } from "./storefront.ts"
import { shopBehind, shopKey, type Ware } from "./testing/shop-behind.ts"

const look = {
  name: "Mugs & <More>",
  tagline: "Things for tables",
  accent: "#2f6b4f",
  locale: "en",
}
const mug = { title: "Stoneware mug", handle: "mug", prices: [12.5, 16], stock: 3 }
const board = { title: "Oak board", handle: "board", prices: [34] }
const files = join(import.meta.dirname, "assets")

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections()
})

async function listen(server: Server): Promise<number> {
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return (server.address() as AddressInfo).port // of a TCP server
}

/** A shop front with a visitor, who keeps cookies and follows nothing. */
async function visit(wares: Ware[] = [mug, board]) {
  const behind = shopBehind(wares)
  const port = await listen(behind.server)
  let now = 0
  const shop = openShop({
    listen: { host: "127.0.0.1", port },
    key: shopKey,
    hostname: "mugs.test",
    now: () => now,
  })
  const assets = makeAssets(
    look,
    Object.fromEntries(readdirSync(files).map((name) => [name, readFileSync(join(files, name))])),
  )
  const failures: unknown[] = []
  const server = createServer()
  const origin = `http://127.0.0.1:${await listen(server)}`
  server.on(
    "request",
    makeStorefront({ look, shop, assets, origin, told: (error) => failures.push(error) }),
  )
  const cookies = new Map<string, string>()
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const headers = { cookie, ...(init.headers as Record<string, string>) } // always given so here
    const answer = await fetch(`${origin}${path}`, { redirect: "manual", ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) cookies.set(name, value)
      else cookies.delete(name)
    }
    return {
      status: answer.status,
      to: answer.headers.get("location"),
      text: await answer.text(),
      headers: answer.headers,
    }
  }
  const send = (path: string, form: Record<string, string>, headers = {}) =>
    ask(path, { method: "POST", body: new URLSearchParams(form), headers: { origin, ...headers } })
  return { ask, send, behind, cookies, failures, wait: (ms: number) => (now += ms) }
}

const ada = {
  email: "ada@example.com",
  first_name: "Ada",
  last_name: "Lovelace",
  address_1: "1 Main Street",
  postal_code: "10115",
  city: "Berlin",
  country_code: "de",
}

test("a visitor without scripts finds, chooses, pays on delivery, and sees their order", async () => {
  const { ask, send, behind } = await visit()
  expect((await ask("/search?q=stone")).text).toMatch(/Stoneware mug(?![\s\S]*Oak board)/)
  expect((await ask("/products/mug")).text).toContain("from €12.50")
  expect(
    await send("/cart/items", { handle: "mug", variant: "variant_0_1", quantity: "2" }),
  ).toMatchObject({ status: 303, to: "/cart" })
  expect((await ask("/cart")).text).toContain("€32.00")
  expect((await send("/checkout/address", ada)).to).toBe("/checkout/delivery")
  expect((await send("/checkout/delivery", { option: "so_express" })).to).toBe("/checkout/review")
  expect((await ask("/checkout/review")).text).toContain("€44.00")
  const placed = await send("/checkout/order", {})
  expect(placed.to).toBe("/orders/order_cart_1")
  expect((await ask("/orders/order_cart_1")).text).toContain("#1")
  expect((await ask("/cart")).text).toContain("Your cart is empty")
  expect(behind.orders).toMatchObject([{ email: "ada@example.com", total: 44 }])
})

test("an order is shown to who placed it and to nobody else who has its address", async () => {
  const { ask, send, cookies } = await visit()
  await send("/cart/items", { handle: "board", variant: "variant_1_0", quantity: "1" })
  await send("/checkout/address", ada)
  await send("/checkout/delivery", { option: "so_standard" })
  await send("/checkout/order", {})
  cookies.clear()
  const answer = await ask("/orders/order_cart_1")
  expect(answer.status).toBe(404)
  expect(answer.text).not.toContain("Main Street")
})

test("a mistake in the address is said at its field, and nothing that was written is lost", async () => {
  const { send } = await visit()
  await send("/cart/items", { handle: "board", variant: "variant_1_0", quantity: "1" })
  const answer = await send("/checkout/address", {
    ...ada,
    email: "ada",
    city: "",
    country_code: "us",
  })
  expect(answer.status).toBe(422)
  expect(answer.text).toContain('id="email-mistake">Write an address such as name@example.com.')
  expect(answer.text).toContain('id="city-mistake">Town is needed.')
  expect(answer.text).toContain('value="1 Main Street"')
})

test("more than there is cannot be put into a cart, and the product's page says so", async () => {
  const { send, cookies } = await visit()
  const form = { handle: "mug", variant: "variant_0_0", quantity: "4" }
  const answer = await send("/cart/items", form)
  expect(answer).toMatchObject({ status: 409 })
  expect(answer.text).toContain("There are not that many left")
  expect(answer.text).toContain('value="4"')
  expect(
    JSON.parse((await send("/cart/items", form, { accept: "application/json" })).text),
  ).toEqual({
    failure: "There are not that many left. Choose fewer.",
  })
  expect(cookies.has("cart")).toBe(false)
})

test("what is sold out says so in the list, and cannot be added", async () => {
  const { ask } = await visit([{ ...board, stock: 0 }])
  expect((await ask("/")).text).toContain("€34.00 · Sold out")
  const page = await ask("/products/board")
  expect(page.text).toContain("Sold out at the moment.")
  expect(page.text).not.toContain("Add to cart")
})

test.each(["", "0", "100", "2.5", "-1", "many"])("%j is no quantity", async (quantity) => {
  const { send, behind } = await visit()
  const answer = await send("/cart/items", { handle: "mug", variant: "variant_0_0", quantity })
  expect(answer.status).toBe(409)
  expect(behind.asked.filter((call) => call.startsWith("POST"))).toEqual([])
})

test("names that hold markup are shown as they were written", async () => {
  const { ask } = await visit([
    { title: '<img src=x onerror="alert(1)">', handle: "evil", prices: [1] },
  ])
  for (const path of ["/", "/products/evil", "/search?q=%22%3E%3Cscript%3E"]) {
    const { text } = await ask(path)
    expect(text).not.toMatch(/<img src=x|"><script>/)
    expect(text).toContain("Mugs &amp; &lt;More&gt;")
  }
})

test("forms of other sites change nothing", async () => {
  const { send, behind } = await visit()
  const form = { handle: "mug", variant: "variant_0_0", quantity: "1" }
  expect((await send("/cart/items", form, { origin: "https://evil.test" })).status).toBe(403)
  expect(behind.asked.filter((call) => call.startsWith("POST"))).toEqual([])
})

test("the Store API answers at the shop's own address, with the shop's key unless another is given", async () => {
  const { ask } = await visit()
  expect(JSON.parse((await ask("/store/regions")).text)).toMatchObject({
    regions: [{ id: "reg_1" }],
  })
  const other = await ask("/store/regions", { headers: { "x-publishable-api-key": "pk_other" } })
  expect(other.status).toBe(400)
  for (const path of ["/admin/orders", "/auth/user/emailpass", "/app", "/store/../admin/orders"])
    expect((await ask(path)).status).toBe(404)
  for (const path of ["/store/..%2fadmin/orders", "/store/x%5c..%5cadmin"])
    expect((await ask(path)).status).toBe(400)
})

test("while the shop's server is away visitors are told, and the next one is served as soon as it is back", async () => {
  const { ask, behind } = await visit()
  behind.breaks(500)
  const away = await ask("/")
  expect(away.status).toBe(503)
  expect(away.text).toContain("The shop is not answering")
  behind.breaks(undefined)
  expect((await ask("/")).status).toBe(200)
})

test("what changes rarely is asked for once a minute", async () => {
  const { ask, behind, wait } = await visit()
  const asked = () => behind.asked.filter((call) => call.includes("/store/regions")).length
  await ask("/")
  await ask("/cart")
  expect(asked()).toBe(1)
  wait(60_001)
  await ask("/")
  expect(asked()).toBe(2)
})

test("long lists come in pages that lead on and back, in the order that was asked for", async () => {
  const many = Array.from({ length: 30 }, (_, at) => ({
    title: `Bowl ${String(at).padStart(2, "0")}`,
    handle: `bowl-${at}`,
    prices: [1],
  }))
  const { ask } = await visit(many)
  const first = await ask("/?sort=za")
  expect(first.text).toMatch(/Bowl 29[\s\S]*Bowl 28/)
  expect(first.text).toContain("1 to 24 of 30")
  const second = await ask("/?sort=za&page=2")
  expect(second.text).toContain("Bowl 00")
  expect(second.text).toContain('rel="prev"')
  expect((await ask("/?page=99999999")).status).toBe(200)
})

test("all that a page loads weighs a tenth of what it may", () => {
  const weight = readdirSync(files).map((name) => gzipSync(readFileSync(join(files, name))).length)
  expect(weight.reduce((sum, each) => sum + each, 0)).toBeLessThan(6000)
})

test("too large a form is refused", async () => {
  const { send } = await visit()
  expect((await send("/cart/items", { handle: "x".repeat(20_000) })).status).toBe(413)
})
