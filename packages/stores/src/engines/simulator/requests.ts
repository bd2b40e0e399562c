import { z } from "zod"
import type { OrderReading, Probes } from "../../engine.ts"
import type { HttpStep } from "../../http-script.ts"

const key = { "x-publishable-key": "{secret.publishableKey}" }
const bearer = { authorization: "Bearer {secret.adminToken}" }

/** What the platform asks a simulated shop, from looking at it to an order that is cancelled. */
export const probesOf = (): Probes => ({
  live: { name: "Ask whether it lives", part: "options", method: "GET", path: "/health" },
  ready: {
    name: "Read the products",
    part: "options",
    method: "GET",
    path: "/store/products",
    headers: key,
    status: [200],
  },
  deep: { steps: [...choosing, ...buying] },
})

const choosing: readonly HttpStep[] = [
  {
    name: "Find the product for probes",
    part: "options",
    method: "GET",
    path: "/store/products/probe",
    headers: key,
    capture: { product: { at: "/product/id" } },
  },
  {
    name: "Open a cart",
    part: "options",
    method: "POST",
    path: "/store/carts",
    headers: key,
    body: {},
    capture: { cart: { at: "/cart/id" } },
  },
  {
    name: "Put it into the cart",
    part: "options",
    method: "POST",
    path: "/store/carts/{cart}/items",
    headers: key,
    body: { productId: "{product}", quantity: 1 },
  },
  {
    name: "Say where to",
    part: "options",
    method: "POST",
    path: "/store/carts/{cart}/address",
    headers: key,
    body: { email: "probe@example.invalid", name: "Probe {mark}", address: "1 Test Street" },
  },
  {
    name: "Read the ways of shipping",
    part: "options",
    method: "GET",
    path: "/store/carts/{cart}/shipping",
    headers: key,
    capture: { shipping: { at: "/options/0/id" } },
  },
  {
    name: "Choose one",
    part: "options",
    method: "POST",
    path: "/store/carts/{cart}/shipping",
    headers: key,
    body: { optionId: "{shipping}" },
  },
  {
    name: "Read the ways of paying",
    part: "options",
    method: "GET",
    path: "/store/carts/{cart}/payments",
    headers: key,
    capture: { payment: { at: "/options/0/id" } },
  },
]

const buying: readonly HttpStep[] = [
  {
    name: "Buy it",
    part: "order",
    method: "POST",
    path: "/store/carts/{cart}/complete",
    headers: key,
    body: { payment: "{payment}" },
    expect: [{ at: "/type", equals: "order", say: "The shop did not take the order." }],
    capture: { order: { at: "/order/id" } },
  },
  {
    name: "Find the order as a shopkeeper",
    part: "found",
    method: "GET",
    path: "/admin/orders/{order}",
    headers: bearer,
    expect: [
      { at: "/order/id", equals: "{order}", say: "The order is not in the admin API." },
      { at: "/order/probe", equals: true, say: "The order is not marked as a probe's." },
    ],
  },
  {
    name: "Cancel the order",
    part: "undo",
    method: "POST",
    path: "/admin/orders/{order}/cancel",
    headers: bearer,
    body: {},
    expect: [{ at: "/order/state", equals: "cancelled", say: "The order was not cancelled." }],
  },
]

const answerSchema = z.object({
  orders: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      placedAt: z.string(),
      total: z.number(),
      currency: z.string(),
      state: z.string(),
      email: z.string(),
      probe: z.boolean(),
    }),
  ),
})

export function orderReading(limit: number): OrderReading {
  return {
    script: {
      steps: [
        {
          name: "Read the last orders",
          part: "options",
          method: "GET",
          path: `/admin/orders?limit=${limit}`,
          headers: bearer,
        },
      ],
    },
    read: (answer) =>
      answerSchema.parse(answer).orders.map((order) => ({ ...order, number: `#${order.number}` })),
  }
}
