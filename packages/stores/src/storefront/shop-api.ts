import type { Cart, Category, Order, Product, Region, ShippingOption } from "./shop-api-shapes.ts"

/** The shop refused or could not answer: `say` can be shown to a buyer. */
export class ShopFault extends Error {
  readonly status: number
  readonly type: string
  constructor(status: number, { type, say }: { type: string; say: string }) {
    super(say)
    this.status = status
    this.type = type
  }
}

/** One call of the Store API: answers its JSON. @throws ShopFault */
export type Call = (
  method: "GET" | "POST" | "DELETE",
  path: string,
  body?: unknown,
) => Promise<unknown>

export interface ProductQuery {
  words: string
  category: string | undefined
  order: string
  offset: number
  limit: number
}

/** The Store API of Medusa 2, as far as a shop front needs it. All prices are those of `region`. */
export type ShopApi = ReturnType<typeof makeShopApi>

const productFields =
  "id,handle,title,subtitle,description,thumbnail,*images,*variants,*variants.calculated_price,+variants.inventory_quantity"
const cartFields =
  "id,currency_code,email,region_id,*items,*shipping_methods,*shipping_address,item_subtotal,item_total,shipping_total,tax_total,discount_total,total,completed_at"
const orderFields =
  "id,display_id,created_at,currency_code,email,status,*items,*shipping_methods,*shipping_address,item_total,shipping_total,tax_total,discount_total,total"

export const makeShopApi = (call: Call) => ({ ...browsing(call), ...buying(call) })

function browsing(call: Call) {
  return {
    async regions() {
      return ((await call("GET", "/store/regions")) as { regions: Region[] }).regions
    },
    async categories() {
      const query = "?limit=12&fields=id,name,handle&parent_category_id=null"
      const answer = await call("GET", `/store/product-categories${query}`)
      return (answer as { product_categories: Category[] }).product_categories
    },
    async products(region: Region, query: ProductQuery) {
      const asked = new URLSearchParams({
        region_id: region.id,
        fields: productFields,
        limit: String(query.limit),
        offset: String(query.offset),
        order: query.order,
      })
      if (query.words) asked.set("q", query.words)
      if (query.category) asked.set("category_id[]", query.category)
      return (await call("GET", `/store/products?${asked}`)) as {
        products: Product[]
        count: number
      }
    },
    async product(region: Region, handle: string): Promise<Product | undefined> {
      const asked = new URLSearchParams({ region_id: region.id, fields: productFields, handle })
      return ((await call("GET", `/store/products?${asked}`)) as { products: Product[] })
        .products[0]
    },
    async order(id: string) {
      const asked = `?fields=${encodeURIComponent(orderFields)}`
      const answer = await call("GET", `/store/orders/${encodeURIComponent(id)}${asked}`)
      return (answer as { order: Order }).order
    },
    async paymentProviders(region: Region) {
      const answer = await call("GET", `/store/payment-providers?region_id=${region.id}`)
      return (answer as { payment_providers: { id: string }[] }).payment_providers
    },
  }
}

function buying(call: Call) {
  const cart = (answer: unknown) => (answer as { cart: Cart }).cart // the Store API's own shape
  const on = (id: string, rest = "") => `/store/carts/${encodeURIComponent(id)}${rest}`
  const fields = `?fields=${encodeURIComponent(cartFields)}`
  return {
    newCart: async (region: Region) =>
      cart(await call("POST", "/store/carts", { region_id: region.id })),
    cart: async (id: string) => cart(await call("GET", on(id, fields))),
    add: async (id: string, line: { variant_id: string; quantity: number }) =>
      cart(await call("POST", on(id, `/line-items${fields}`), line)),
    change: (id: string, line: { id: string; quantity: number }) => {
      const path = on(id, `/line-items/${encodeURIComponent(line.id)}`)
      return line.quantity > 0
        ? call("POST", path, { quantity: line.quantity })
        : call("DELETE", path)
    },
    update: async (id: string, change: object) => cart(await call("POST", on(id, fields), change)),
    async shippingOptions(id: string) {
      const answer = await call("GET", `/store/shipping-options?cart_id=${encodeURIComponent(id)}`)
      return (answer as { shipping_options: ShippingOption[] }).shipping_options
    },
    deliver: async (id: string, option: string) =>
      cart(await call("POST", on(id, `/shipping-methods${fields}`), { option_id: option })),
    pay: (id: string, provider: string) => pay(call, { cart: id, provider }),
    place: (id: string) => place(call, on(id, "/complete")),
  }
}

async function pay(call: Call, of: { cart: string; provider: string }): Promise<void> {
  const made = await call("POST", "/store/payment-collections", { cart_id: of.cart })
  const { id } = (made as { payment_collection: { id: string } }).payment_collection
  await call("POST", `/store/payment-collections/${id}/payment-sessions`, {
    provider_id: of.provider,
  })
}

/** The order's id; a cart that was placed before answers the same again. */
async function place(call: Call, path: string): Promise<string> {
  const answer = (await call("POST", path)) as
    | { type: "order"; order: { id: string } }
    | { type: "cart"; error?: { message?: string; type?: string } }
  if (answer.type === "order") return answer.order.id
  throw new ShopFault(409, {
    type: answer.error?.type ?? "not_placed",
    say: answer.error?.message ?? "The order could not be placed. Nothing was charged.",
  })
}
