import { same } from "./api.ts"
import { adminPage, cartPage, orderPage, productPage, productsPage } from "./page-texts.ts"
import type { Shop } from "./parts.ts"
import { Refused } from "./selling.ts"
import type { Answered, Asked } from "./wire.ts"

/** The pages that customers and the shopkeeper see. */
export function answerPage(shop: Shop, asked: Asked): Answered {
  const { method } = asked.request
  const [room = "", id = ""] = asked.url.pathname.slice(1).split("/")
  if (room === "admin") return adminAnswer(shop, asked)
  if (method === "POST" && room === "cart") return putIntoCart(shop, asked)
  if (method === "POST" && room === "checkout") return checkOut(shop, asked)
  if (method !== "GET") throw new Refused(405, "that cannot be done here")
  if (room === "") return page(productsPage(shop.settings, shop.selling.products()))
  if (room === "products") return page(productPage(shop.settings, shop.selling.product(id)))
  if (room === "cart") return page(cartPage(shop.settings, cartOf(shop, asked)))
  if (room === "orders") return page(orderPage(shop.settings, shop.selling.order(id)))
  throw new Refused(404, "there is no such page")
}

const page = (body: string, status = 200): Answered => ({ status, body })
const goTo = (location: string, cookie?: string): Answered => ({
  ...{ status: 303, body: "" },
  headers: { location, ...(cookie ? { "set-cookie": cookie } : {}) },
})

function putIntoCart(shop: Shop, asked: Asked): Answered {
  const known = cartIdOf(asked)
  const cart = known && isThere(shop, known) ? known : shop.selling.openCart()
  shop.selling.putInto(cart, String(asked.body.productId), Number(asked.body.quantity ?? 1))
  return goTo("/cart", `cart=${cart}; Path=/; HttpOnly; SameSite=Lax`)
}

function checkOut(shop: Shop, asked: Asked): Answered {
  const cart = cartIdOf(asked)
  if (!cart || !isThere(shop, cart)) return goTo("/cart")
  const { email, name, address } = asked.body
  const text = (value: unknown) => String(value ?? "").slice(0, 500)
  try {
    shop.selling.sendTo(cart, { email: text(email), name: text(name), address: text(address) })
    shop.selling.shipBy(cart, "parcel")
    const { id } = shop.selling.buy(cart, shop.now())
    return goTo(`/orders/${id}`, "cart=; Path=/; Max-Age=0")
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return page(cartPage(shop.settings, shop.selling.cart(cart), error.message), error.status)
  }
}

/** Only at the admin's own host: what customers' pages run must not share its origin. */
function adminAnswer(shop: Shop, { request }: Asked): Answered {
  const { adminHost, adminPassword } = shop.settings
  const host = request.headers["x-forwarded-host"] ?? request.headers.host
  if (host !== adminHost) throw new Refused(404, "there is no such page")
  const [, given = ""] = /^Basic (.+)$/.exec(request.headers.authorization ?? "") ?? []
  if (!same(Buffer.from(given, "base64").toString("utf8"), `admin:${adminPassword}`)) {
    return {
      ...{ status: 401, body: "Sign in." },
      headers: { "www-authenticate": 'Basic realm="Shop", charset="UTF-8"' },
    }
  }
  return page(adminPage(shop.settings, shop.selling.orders(50)))
}

function cartOf(shop: Shop, asked: Asked) {
  const id = cartIdOf(asked)
  return id && isThere(shop, id) ? shop.selling.cart(id) : undefined
}

function cartIdOf(asked: Asked): string | undefined {
  return /(?:^|;\s*)cart=([\w-]+)/.exec(asked.request.headers.cookie ?? "")?.[1]
}

function isThere(shop: Shop, cart: string): boolean {
  try {
    shop.selling.cart(cart)
    return true
  } catch {
    // A cart of before the data were restored.
    return false
  }
}
