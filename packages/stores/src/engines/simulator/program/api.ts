import { timingSafeEqual } from "node:crypto"
import type { Shop } from "./parts.ts"
import { Refused, shippingPrice } from "./selling.ts"
import { asksFor } from "./settings.ts"
import type { Answered, Asked } from "./wire.ts"

/** The store and admin API; nothing for paths that are not theirs. */
export function answerApi(shop: Shop, asked: Asked): Answered | undefined {
  const [room, ...rest] = asked.url.pathname.slice(1).split("/")
  if (room === "store") {
    if (!same(String(asked.request.headers["x-publishable-key"] ?? ""), shop.key() ?? "")) {
      throw new Refused(401, "a publishable key")
    }
    return { status: 200, body: storeAnswer(shop, asked, rest) }
  }
  if (room === "admin" && (rest[0] === "orders" || rest[0] === "mails")) {
    if (!same(asked.request.headers.authorization ?? "", `Bearer ${shop.settings.adminToken}`)) {
      throw new Refused(401, "an admin's token")
    }
    if (rest[0] === "mails") return { status: 200, body: { mails: shop.selling.mails() } }
    return { status: 200, body: adminAnswer(shop, asked, rest.slice(1)) }
  }
  return undefined
}

function storeAnswer(shop: Shop, asked: Asked, [what, id, part]: string[]): object {
  const { selling } = shop
  const get = asked.request.method === "GET"
  if (what === "products" && get && id === undefined) return { products: selling.products() }
  if (what === "products" && get) return { product: selling.product(String(id)) }
  if (what !== "carts") throw new Refused(404, "nothing is there")
  if (id === undefined) return { cart: selling.cart(selling.openCart()) }
  const act = (part === undefined ? undefined : get ? reads[part] : writes[part]) ?? missing
  return act(shop, id, asked.body)
}

type Act = (shop: Shop, cart: string, body: Record<string, unknown>) => object

const missing: Act = () => {
  throw new Refused(404, "nothing is there")
}

const reads: Record<string, Act> = {
  shipping: () => ({ options: [{ id: "parcel", title: "Parcel", price: shippingPrice }] }),
  payments: () => ({ options: [{ id: "cash", title: "Cash on delivery" }] }),
}

const writes: Record<string, Act> = {
  items({ selling }, cart, { productId, quantity }) {
    selling.putInto(cart, String(productId), Number(quantity))
    return { cart: selling.cart(cart) }
  },
  address({ selling }, cart, { email, name, address }) {
    selling.sendTo(cart, { email: text(email), name: text(name), address: text(address) })
    return { cart: selling.cart(cart) }
  },
  shipping({ selling }, cart, { optionId }) {
    selling.shipBy(cart, String(optionId))
    return { cart: selling.cart(cart) }
  },
  complete({ selling, settings, now }, cart, { payment }) {
    if (payment !== "cash") throw new Refused(400, "a way of paying")
    if (asksFor(settings, "fail-order")) return { type: "cart", error: "as the name asks" }
    return { type: "order", order: selling.buy(cart, now()) }
  },
}

function adminAnswer({ selling }: Shop, asked: Asked, [id, act]: string[]): object {
  const get = asked.request.method === "GET"
  if (id === undefined && get) {
    const limit = Number(asked.url.searchParams.get("limit") ?? 20)
    return { orders: selling.orders(Math.min(Math.max(limit, 1), 200)) }
  }
  if (id !== undefined && get && act === undefined) return { order: selling.order(id) }
  if (id !== undefined && !get && act === "cancel") return { order: selling.cancel(id) }
  throw new Refused(404, "nothing is there")
}

const text = (value: unknown) => (typeof value === "string" ? value.trim().slice(0, 500) : "")

export function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return expected !== "" && a.length === b.length && timingSafeEqual(a, b)
}
