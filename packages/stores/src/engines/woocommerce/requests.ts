import type { OrderReading, Probes, StoreOrder, StoreTerms } from "../../engine.ts"
import type { HttpStep } from "../../http-script.ts"
import { minorUnits } from "../minor-units.ts"
import type { ShopValues } from "../shop-values.ts"

type Terms = StoreTerms<ShopValues>

const api = "/wp-json/wc/store/v1"
const session = { "cart-token": "{token}" }

/** WooCommerce takes its key over https only, which the gateway speaks for it. */
const admin = ({ secrets }: Terms) => ({
  authorization: `Basic ${Buffer.from(`${restKey(secrets)}:${restSecret(secrets)}`).toString("base64")}`,
  "x-forwarded-proto": "https",
})

export const restKey = (secrets: Readonly<Record<string, string>>) =>
  `ck_${(secrets.restKey ?? "").slice(0, 40)}`
export const restSecret = (secrets: Readonly<Record<string, string>>) =>
  `cs_${(secrets.restSecret ?? "").slice(0, 40)}`

export function wooCommerceProbes(place: Terms): Probes {
  const products: HttpStep = {
    name: "Ask for products",
    part: "options",
    method: "GET",
    path: `${api}/products?per_page=1`,
    // PHP answers 200 with the words of a fatal error: the body has to be a list.
    timeoutMs: 20_000,
  }
  return {
    live: { ...products, name: "Ask for life", path: "/wp-json/wc/store/v1/cart" },
    ready: products,
    deep: { steps: [...choose, ...buy, ...after(place)] },
  }
}

/** Letters that our plugin takes for a postcode of any country. */
const address = {
  first_name: "Order",
  last_name: "Probe",
  address_1: "1 Test Street",
  city: "Testtown",
  state: "{state}",
  postcode: "PROBE",
  country: "{country}",
  phone: "000000",
}
const buyer = {
  billing_address: { ...address, email: "probe@orders.invalid" },
  shipping_address: address,
}

/** Chooses what a buyer would, up to how they pay: leaves a session and nothing else. */
const choose: HttpStep[] = [
  {
    name: "Ask what to buy and where to deliver",
    part: "options",
    method: "GET",
    path: "/wp-json/platform/v1/probe",
    capture: {
      product: { at: "/product" },
      state: { at: "/state" },
      country: { at: "/country" },
    },
  },
  {
    name: "Begin a cart",
    part: "options",
    method: "GET",
    path: `${api}/cart`,
    capture: { token: { header: "cart-token" } },
  },
  {
    name: "Add the product to the cart",
    part: "options",
    method: "POST",
    path: `${api}/cart/add-item`,
    headers: session,
    body: { id: "{product}", quantity: 1 },
    expect: [{ at: "/items/0/id", equals: "{product}", say: "It is not in the cart." }],
  },
  {
    name: "Say who buys and where to deliver, and ask how it can be delivered and paid",
    part: "options",
    method: "POST",
    path: `${api}/cart/update-customer`,
    headers: session,
    body: buyer,
    expect: [
      { at: "/shipping_rates/0/shipping_rates/0/rate_id", say: "The shop delivers nowhere." },
      { at: "/payment_methods/0", say: "The shop takes no payment." },
    ],
    capture: { rate: { at: "/shipping_rates/0/shipping_rates/0/rate_id" } },
  },
]

const buy: HttpStep[] = [
  {
    name: "Choose the delivery",
    part: "order",
    method: "POST",
    path: `${api}/cart/select-shipping-rate`,
    headers: session,
    body: { package_id: 0, rate_id: "{rate}" },
  },
  {
    name: "Place the order",
    part: "order",
    method: "POST",
    path: `${api}/checkout`,
    headers: session,
    body: { ...buyer, payment_method: "cod", payment_data: [], customer_note: "{mark}" },
    expect: [
      { at: "/payment_result/payment_status", equals: "success", say: "The payment was refused." },
    ],
    capture: { order: { at: "/order_id" } },
    timeoutMs: 30_000,
  },
]

const after = (place: Terms): HttpStep[] => [
  {
    name: "Find the order as its shopkeeper",
    part: "found",
    method: "GET",
    path: "/wp-json/wc/v3/orders/{order}",
    headers: admin(place),
    expect: [{ at: "/customer_note", equals: "{mark}", say: "It is another order." }],
  },
  {
    name: "Cancel the order",
    part: "undo",
    method: "PUT",
    path: "/wp-json/wc/v3/orders/{order}",
    headers: admin(place),
    body: { status: "cancelled" },
    expect: [{ at: "/status", equals: "cancelled", say: "The order is not cancelled." }],
  },
]

interface RestOrder {
  id: number
  number: string
  date_created_gmt: string
  total: string
  currency: string
  status: string
  billing: { email: string }
  meta_data: { key: string; value: unknown }[]
}

export function wooCommerceOrders(place: Terms, limit: number): OrderReading {
  const step: HttpStep = {
    name: "Read the last orders",
    part: "options",
    method: "GET",
    path: `/wp-json/wc/v3/orders?per_page=${limit}&orderby=date&order=desc`,
    headers: admin(place),
  }
  return {
    script: { steps: [step] },
    read: (answer: unknown) => (answer as RestOrder[]).map(orderOf),
  } // its REST shape
}

function orderOf(order: RestOrder): StoreOrder {
  return {
    id: String(order.id),
    number: order.number,
    placedAt: `${order.date_created_gmt}Z`,
    total: minorUnits(order.total, order.currency),
    currency: order.currency,
    state: order.status,
    email: order.billing.email || null,
    probe: order.meta_data.some(({ key, value }) => key === "_order_probe" && value === "1"),
  }
}
