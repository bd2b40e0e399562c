import { type Answer, leadTo } from "./answer.ts"
import { missing } from "./browse.ts"
import { cartPage } from "./pages/cart.ts"
import { addressPage, deliveryPage, reviewPage } from "./pages/checkout.ts"
import { orderPage } from "./pages/order.ts"
import { productPage } from "./pages/product.ts"
import { readAddress } from "./read-address.ts"
import { ShopFault } from "./shop-api.ts"
import type { Cart } from "./shop-api-shapes.ts"
import { cartOf, forgetCart, keepCart, keepOrder, piecesIn, show, type Visit } from "./visit.ts"

/** Puts something into the cart, which is made with it; a refusal is told where it was asked. */
export async function add(visit: Visit): Promise<Answer> {
  const quantity = wholeNumber(visit.form.quantity)
  const variant = visit.form.variant ?? ""
  const handle = visit.form.handle ?? ""
  const refuse = (failure: string) => refuseToAdd(visit, { variant, quantity, handle, failure })
  if (quantity < 1 || quantity > 99) return refuse("Choose a quantity from 1 to 99.")
  if (!variant) return refuse("Choose one of the variants.")
  const cart = (await cartOf(visit)) ?? (await visit.api.newCart(visit.region))
  try {
    const filled = await visit.api.add(cart.id, { variant_id: variant, quantity })
    const cookies = keepCart(visit, cart.id)
    if (!visit.byScript) return leadTo("/cart", cookies)
    return { json: { pieces: piecesIn(filled), say: "Added to your cart." }, cookies }
  } catch (error) {
    return refuse(refusal(error))
  }
}

async function refuseToAdd(
  visit: Visit,
  of: { variant: string; quantity: number; handle: string; failure: string },
): Promise<Answer> {
  const { failure, handle, ...asked } = of
  if (visit.byScript) return { json: { failure }, status: 409 }
  const product = await visit.api.product(visit.region, handle)
  if (!product) return missing(visit)
  const body = productPage({ product, locale: visit.look.locale, asked, failure })
  return show(visit, { title: product.title, body, status: 409 })
}

export async function cart(visit: Visit): Promise<Answer> {
  return showCart(visit, await cartOf(visit))
}

function showCart(visit: Visit, cart: Cart | undefined, failure?: string): Promise<Answer> {
  const body = cartPage(cart, { locale: visit.look.locale, failure })
  return show(visit, { title: "Cart", body, cart, status: failure ? 409 : 200 })
}

export async function change(visit: Visit, id: string): Promise<Answer> {
  const cart = await cartOf(visit)
  if (!cart) return leadTo("/cart")
  const quantity = wholeNumber(visit.form.quantity)
  if (quantity < 0 || quantity > 99)
    return showCart(visit, cart, "Choose a quantity from 0 to 99; 0 removes it.")
  try {
    await visit.api.change(cart.id, { id, quantity })
    return leadTo("/cart")
  } catch (error) {
    return showCart(visit, cart, refusal(error))
  }
}

/** The visitor's cart with something in it; without one the cart's page says so. */
async function withGoods(visit: Visit, then: (cart: Cart) => Promise<Answer>): Promise<Answer> {
  const cart = await cartOf(visit)
  return cart && cart.items.length > 0 ? then(cart) : leadTo("/cart")
}

const around = (visit: Visit, cart: Cart) => ({ cart, locale: visit.look.locale })

export const checkout = (visit: Visit) =>
  withGoods(visit, async (cart) => {
    const known = Object.entries({ ...cart.shipping_address, email: cart.email })
    const values = Object.fromEntries(
      known.flatMap(([name, value]) => (value ? [[name, value]] : [])),
    )
    const body = addressPage(around(visit, cart), visit.region, { values, mistakes: {} })
    return show(visit, { title: "Checkout", body, cart })
  })

export const address = (visit: Visit) =>
  withGoods(visit, async (cart) => {
    const read = readAddress(visit.form, visit.region)
    const again = (mistakes: Record<string, string>) => {
      const body = addressPage(around(visit, cart), visit.region, { values: visit.form, mistakes })
      return show(visit, { title: "Checkout", body, cart, status: 422 })
    }
    if ("mistakes" in read) return again(read.mistakes)
    try {
      const { email, ...to } = read.address
      await visit.api.update(cart.id, { email, shipping_address: to, billing_address: to })
      return leadTo("/checkout/delivery")
    } catch (error) {
      return again({ email: refusal(error) })
    }
  })

export const delivery = (visit: Visit) =>
  withGoods(visit, async (cart) => {
    if (!cart.shipping_address?.address_1) return leadTo("/checkout")
    const options = await visit.api.shippingOptions(cart.id)
    return show(visit, {
      title: "Delivery",
      body: deliveryPage(around(visit, cart), options),
      cart,
    })
  })

export const deliver = (visit: Visit) =>
  withGoods(visit, async (cart) => {
    const options = await visit.api.shippingOptions(cart.id)
    const chosen = options.find(({ id }) => id === visit.form.option)
    const again = (failure: string) => {
      const body = deliveryPage(around(visit, cart), options, failure)
      return show(visit, { title: "Delivery", body, cart, status: 422 })
    }
    if (!chosen) return again("Choose how it comes to you.")
    try {
      await visit.api.deliver(cart.id, chosen.id)
      return leadTo("/checkout/review")
    } catch (error) {
      return again(refusal(error))
    }
  })

export const review = (visit: Visit) =>
  withGoods(visit, async (cart) => {
    if (cart.shipping_methods.length === 0) return leadTo("/checkout/delivery")
    return show(visit, { title: "Check and order", body: reviewPage(around(visit, cart)), cart })
  })

export const place = (visit: Visit) =>
  withGoods(visit, async (cart) => {
    if (cart.shipping_methods.length === 0) return leadTo("/checkout/delivery")
    try {
      const providers = await visit.api.paymentProviders(visit.region)
      const manual = providers.find(({ id }) => id.startsWith("pp_system"))
      if (!manual)
        throw new ShopFault(409, { type: "none", say: "The shop takes no payment on delivery." })
      await visit.api.pay(cart.id, manual.id)
      const id = await visit.api.place(cart.id)
      return leadTo(`/orders/${encodeURIComponent(id)}`, [forgetCart(visit), keepOrder(visit, id)])
    } catch (error) {
      const body = reviewPage(around(visit, cart), refusal(error))
      return show(visit, { title: "Check and order", body, cart, status: 409 })
    }
  })

/** Shown to the browser that placed it, and to nobody else who has the address. */
export async function order(visit: Visit, id: string): Promise<Answer> {
  if (visit.cookies.order !== id) return missing(visit)
  const found = await visit.api.order(id)
  const title = `Order #${found.display_id}`
  return show(visit, { title, body: orderPage(found, visit.look.locale) })
}

/** What the shop said no to, for the buyer. @throws anything else */
function refusal(error: unknown): string {
  if (!(error instanceof ShopFault) || error.status >= 500) throw error
  if (error.type === "insufficient_inventory" || /inventory/i.test(error.message))
    return "There are not that many left. Choose fewer."
  return error.message
}

const wholeNumber = (text: string | undefined) => (/^\d{1,4}$/.test(text ?? "") ? Number(text) : -1)
