import { createServer, type IncomingMessage, type Server } from "node:http"
import type { Cart, Line, Order, Product, Variant } from "../shop-api-shapes.ts"

export interface Ware {
  title: string
  handle: string
  description?: string
  prices: number[]
  stock?: number
}

export interface ShopBehind {
  server: Server
  orders: Order[]
  /** what was asked, as `METHOD path key` */
  asked: string[]
  /** answers every call with this status from now on */
  breaks(status: number | undefined): void
}

export const shopKey = "pk_shop"
const region = {
  id: "reg_1",
  currency_code: "eur",
  countries: [
    { iso_2: "de", display_name: "Germany" },
    { iso_2: "at", display_name: "Austria" },
  ],
}

/** A shop that answers the Store API as Medusa 2.21 does, from memory, with prices in euros. */
export function shopBehind(wares: Ware[]): ShopBehind {
  const products = wares.map(productOf)
  const carts = new Map<string, Cart>()
  const orders: Order[] = []
  const asked: string[] = []
  let broken: number | undefined
  const world = { products, carts, orders }
  const server = createServer(async (request, response) => {
    const key = String(request.headers["x-publishable-api-key"])
    asked.push(`${request.method} ${request.url} ${key}`)
    const answer =
      broken !== undefined
        ? { status: broken, body: { type: "unexpected_state", message: "broken" } }
        : key === shopKey
          ? reply(world, request, await bodyOf(request))
          : {
              status: 400,
              body: { type: "not_allowed", message: "A valid publishable key is required" },
            }
    response.writeHead(answer.status, { "content-type": "application/json" })
    response.end(JSON.stringify(answer.body))
  })
  return { server, orders, asked, breaks: (status) => (broken = status) }
}

function productOf({ title, handle, description = "", prices, stock }: Ware, at: number): Product {
  return {
    ...{
      id: `prod_${at}`,
      handle,
      title,
      subtitle: null,
      description,
      thumbnail: null,
      images: [],
    },
    variants: prices.map((amount, index) => ({
      id: `variant_${at}_${index}`,
      title: prices.length === 1 ? "One size" : `Size ${index + 1}`,
      sku: null,
      manage_inventory: stock !== undefined,
      allow_backorder: false,
      ...(stock === undefined ? {} : { inventory_quantity: stock }),
      calculated_price: {
        calculated_amount: amount,
        original_amount: amount,
        currency_code: "eur",
      },
    })),
  }
}

interface World {
  products: Product[]
  carts: Map<string, Cart>
  orders: Order[]
}
type Body = Record<string, unknown>
type Reply = { status: number; body: unknown }
const fine = (body: unknown): Reply => ({ status: 200, body })
const refuse = (status: number, message: string): Reply => ({
  status,
  body: { type: status === 404 ? "not_found" : "invalid_data", message },
})

function reply(world: World, request: IncomingMessage, body: Body): Reply {
  const url = new URL(request.url ?? "/", "http://shop")
  const [, , kind = "", id = "", part = "", line = ""] = url.pathname.split("/")
  if (kind === "regions") return fine({ regions: [region] })
  if (kind === "product-categories") return fine({ product_categories: [] })
  if (kind === "products") return fine(found(world.products, url.searchParams))
  if (kind === "payment-providers")
    return fine({ payment_providers: [{ id: "pp_system_default" }] })
  if (kind === "payment-collections") return fine({ payment_collection: { id: "pay_1" } })
  if (kind === "shipping-options")
    return fine({
      shipping_options: [
        { id: "so_standard", name: "Standard", amount: 5, type: { description: "3 to 5 days" } },
        { id: "so_express", name: "Express", amount: 12, type: { description: "1 to 2 days" } },
      ],
    })
  if (kind === "orders") {
    const order = world.orders.find((each) => each.id === id)
    return order ? fine({ order }) : refuse(404, "Order not found")
  }
  if (kind === "carts")
    return id ? ofCart(world, { id, part, line, body, method: request.method ?? "" }) : begin(world)
  return refuse(404, "No such path")
}

function found(products: Product[], asked: URLSearchParams) {
  const words = asked.get("q")?.toLowerCase() ?? ""
  const handle = asked.get("handle")
  const all = products.filter((each) =>
    handle ? each.handle === handle : each.title.toLowerCase().includes(words),
  )
  const order = asked.get("order")
  if (order === "title") all.sort((a, b) => a.title.localeCompare(b.title))
  if (order === "-title") all.sort((a, b) => b.title.localeCompare(a.title))
  const offset = Number(asked.get("offset") ?? 0)
  const limit = Number(asked.get("limit") ?? 50)
  return { products: all.slice(offset, offset + limit), count: all.length, offset, limit }
}

function begin(world: World): Reply {
  const cart: Cart = {
    ...{ id: `cart_${world.carts.size + 1}`, currency_code: "eur", email: null },
    ...{ items: [], shipping_methods: [], shipping_address: null },
    ...{ item_total: 0, shipping_total: 0, tax_total: 0, discount_total: 0, total: 0 },
  }
  world.carts.set(cart.id, cart)
  return fine({ cart })
}

interface CartCall {
  id: string
  part: string
  line: string
  body: Body
  method: string
}

function ofCart(world: World, call: CartCall): Reply {
  const cart = world.carts.get(call.id)
  if (!cart) return refuse(404, "Cart not found")
  const answer = change(world, cart, call)
  cart.item_total = cart.items.reduce((sum, each) => sum + each.total, 0)
  cart.shipping_total = cart.shipping_methods.reduce((sum, each) => sum + each.amount, 0)
  cart.total = cart.item_total + cart.shipping_total
  return answer ?? fine({ cart })
}

function change(
  world: World,
  cart: Cart,
  { part, line, body, method }: CartCall,
): Reply | undefined {
  if (part === "complete") return complete(world, cart)
  if (part === "line-items" && !line) return add(world, cart, body)
  if (part === "line-items") {
    const there = cart.items.find(({ id }) => id === line)
    if (!there) return refuse(404, "Line not found")
    if (method === "DELETE") cart.items = cart.items.filter((each) => each !== there)
    else setQuantity(there, Number(body.quantity))
    return undefined
  }
  if (part === "shipping-methods") {
    const express = body.option_id === "so_express"
    const name = express ? "Express" : "Standard"
    cart.shipping_methods = [
      { name, shipping_option_id: String(body.option_id), amount: express ? 12 : 5 },
    ]
    return undefined
  }
  if (method === "POST") Object.assign(cart, body)
  return undefined
}

function setQuantity(line: Line, quantity: number): void {
  line.quantity = quantity
  line.total = line.unit_price * quantity
}

function add({ products }: World, cart: Cart, body: Body): Reply | undefined {
  const all = products.flatMap((product) =>
    (product.variants ?? []).map((each) => [product, each] as const),
  )
  const [product, variant] = all.find(([, { id }]) => id === body.variant_id) ?? []
  if (!product || !variant)
    return refuse(400, "Variants do not exist or belong to a product that is not published")
  const known = cart.items.find(({ id }) => id === `line_${variant.id}`)
  const quantity = (known?.quantity ?? 0) + Number(body.quantity)
  if (short(variant, quantity))
    return {
      status: 400,
      body: { type: "not_allowed", message: "Some variant does not have the required inventory" },
    }
  const line = known ?? lineOf(product, variant)
  setQuantity(line, quantity)
  if (!known) cart.items.push(line)
  return undefined
}

const short = ({ manage_inventory, inventory_quantity = 0 }: Variant, quantity: number) =>
  manage_inventory && quantity > inventory_quantity

function lineOf({ title, handle }: Product, variant: Variant): Line {
  return {
    id: `line_${variant.id}`,
    product_title: title,
    product_handle: handle,
    variant_title: variant.title,
    thumbnail: null,
    quantity: 0,
    unit_price: variant.calculated_price?.calculated_amount ?? 0,
    total: 0,
  }
}

/** A cart that was completed answers its order again, as Medusa does. */
function complete({ orders }: World, cart: Cart): Reply {
  const known = orders.find(({ id }) => id === `order_${cart.id}`)
  if (known) return fine({ type: "order", order: known })
  if (!cart.email || cart.shipping_methods.length === 0)
    return fine({ type: "cart", cart, error: { message: "The cart is not complete" } })
  const at = "2026-11-30T08:00:00Z"
  const order: Order = {
    ...structuredClone(cart),
    id: `order_${cart.id}`,
    display_id: orders.length + 1,
    created_at: at,
    status: "pending",
  }
  orders.push(order)
  cart.completed_at = at
  return fine({ type: "order", order })
}

async function bodyOf(request: IncomingMessage): Promise<Body> {
  let text = ""
  for await (const chunk of request) text += chunk
  return text ? JSON.parse(text) : {}
}
