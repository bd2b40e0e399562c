import type { StoreOrder } from "../../engine.ts"
import type { HttpScript, HttpStep } from "../../http-script.ts"
import { minorUnits } from "../minor-units.ts"

const key = { "x-publishable-api-key": "{secret.probeKey}" }
const admin = { authorization: "Basic {secret.adminKey}" }
const address = {
  first_name: "Order",
  last_name: "Probe",
  address_1: "1 Test Street",
  city: "Testtown",
  postal_code: "10115",
  country_code: "{country}",
}

/** A shop that just started compiles its code with the first cart: on a busy host that takes its time. */
const store = (step: Omit<HttpStep, "headers">): HttpStep => ({
  timeoutMs: 60_000,
  ...step,
  headers: key,
})

/** Chooses what a buyer would, up to how they pay: leaves a cart and nothing else. */
const options: HttpStep[] = [
  store({
    name: "Ask where the shop sells",
    part: "options",
    method: "GET",
    path: "/store/regions",
    capture: { region: { at: "/regions/0/id" }, country: { at: "/regions/0/countries/0/iso_2" } },
  }),
  store({
    name: "Find the probe's product with its price",
    part: "options",
    method: "GET",
    path: "/store/products?region_id={region}&handle=order-probe&fields=id,*variants,*variants.calculated_price",
    expect: [
      {
        at: "/products/0/variants/0/calculated_price/calculated_amount",
        say: "The product has no price.",
      },
    ],
    capture: { variant: { at: "/products/0/variants/0/id" } },
  }),
  store({
    name: "Begin a cart",
    part: "options",
    method: "POST",
    path: "/store/carts",
    body: { region_id: "{region}", metadata: { order_probe: "{mark}" } },
    capture: { cart: { at: "/cart/id" } },
  }),
  store({
    name: "Add the product to the cart",
    part: "options",
    method: "POST",
    path: "/store/carts/{cart}/line-items",
    body: { variant_id: "{variant}", quantity: 1 },
    expect: [
      { at: "/cart/items/0/variant_id", equals: "{variant}", say: "It is not in the cart." },
    ],
  }),
  store({
    name: "Say who buys and where to deliver",
    part: "options",
    method: "POST",
    path: "/store/carts/{cart}",
    body: { email: "probe@orders.invalid", shipping_address: address, billing_address: address },
  }),
  store({
    name: "Ask how it can be delivered",
    part: "options",
    method: "GET",
    path: "/store/shipping-options?cart_id={cart}",
    expect: [{ at: "/shipping_options/0/id", say: "The shop delivers nowhere." }],
    capture: { delivery: { at: "/shipping_options/0/id" } },
  }),
  store({
    name: "Ask how it can be paid",
    part: "options",
    method: "GET",
    path: "/store/payment-providers?region_id={region}",
    expect: [{ at: "/payment_providers/0/id", say: "The shop takes no payment." }],
  }),
]

const order: HttpStep[] = [
  store({
    name: "Choose the delivery",
    part: "order",
    method: "POST",
    path: "/store/carts/{cart}/shipping-methods",
    body: { option_id: "{delivery}" },
  }),
  store({
    name: "Begin the payment",
    part: "order",
    method: "POST",
    path: "/store/payment-collections",
    body: { cart_id: "{cart}" },
    capture: { payment: { at: "/payment_collection/id" } },
  }),
  store({
    name: "Choose to pay by hand",
    part: "order",
    method: "POST",
    path: "/store/payment-collections/{payment}/payment-sessions",
    body: { provider_id: "pp_system_default" },
  }),
  store({
    name: "Place the order",
    part: "order",
    method: "POST",
    path: "/store/carts/{cart}/complete",
    // It answers 200 with a cart when it refuses.
    expect: [{ at: "/type", equals: "order", say: "The shop answered the cart, not an order." }],
    capture: { order: { at: "/order/id" } },
  }),
]

const after: HttpStep[] = [
  {
    name: "Find the order as its shopkeeper",
    part: "found",
    process: "admin",
    method: "GET",
    path: "/admin/orders/{order}?fields=id,status,metadata",
    headers: admin,
    expect: [{ at: "/order/metadata/order_probe", equals: "{mark}", say: "It is another order." }],
  },
  {
    name: "Cancel the order",
    part: "undo",
    process: "admin",
    method: "POST",
    path: "/admin/orders/{order}/cancel",
    headers: admin,
    expect: [{ at: "/order/status", equals: "canceled", say: "The order is not cancelled." }],
  },
]

export const medusaOrderScript: HttpScript = { steps: [...options, ...order, ...after] }

export const live: HttpStep = {
  name: "Ask for life",
  part: "options",
  process: "admin",
  method: "GET",
  path: "/health",
}

/** That it listens says nothing: it does so before it can reach its data. */
export const ready: HttpStep = {
  name: "Ask where the shop sells",
  part: "options",
  method: "GET",
  path: "/store/regions",
  expect: [{ at: "/regions/0/id", say: "The shop sells nowhere." }],
}

const orderFields = "id,display_id,created_at,total,currency_code,status,email,metadata"

export const lastOrders = (limit: number): HttpScript => ({
  steps: [
    {
      name: "Read the last orders",
      part: "options",
      process: "admin",
      method: "GET",
      path: `/admin/orders?limit=${limit}&order=-created_at&fields=${orderFields}`,
      headers: admin,
    },
  ],
})

interface AdminOrder {
  id: string
  display_id: number
  created_at: string
  total: number
  currency_code: string
  status: string
  email: string | null
  metadata: Record<string, unknown> | null
}

export function readOrders(answer: unknown): StoreOrder[] {
  const { orders } = answer as { orders: AdminOrder[] } // the shape of Medusa's admin API
  return orders.map((order) => {
    const currency = order.currency_code.toUpperCase()
    return {
      id: order.id,
      number: String(order.display_id),
      placedAt: order.created_at,
      total: minorUnits(order.total, currency),
      currency,
      state: order.status,
      email: order.email,
      probe: order.metadata?.order_probe !== undefined,
    }
  })
}
