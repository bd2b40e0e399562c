import type { Engine } from "@vibecaas/stores/engine"
import { anyEngine } from "@vibecaas/stores/engines"
import type { HttpStep } from "@vibecaas/stores/http-script"
import { z } from "zod"

const step = (name: string, wanted: Omit<HttpStep, "name">): HttpStep => ({ name, ...wanted })

/** The smallest engine that there can be; `memory-backend.ts` runs it. */
export const toyEngine: Engine = anyEngine({
  name: "toy",
  title: "Toy shop",
  about: "For tests.",
  simulated: true,
  versions: [
    { version: "3.0.0" },
    { version: "2.0.0" },
    { version: "1.1.0" },
    { version: "1.0.0" },
  ],
  installCommand: (version) => `bin/engines install toy@${version}`,
  values: z.strictObject({ currency: z.enum(["EUR", "USD"], "Use EUR or USD.").default("EUR") }),
  secrets: [
    { name: "adminPassword", made: "password", revealed: true },
    { name: "key", made: "learned", revealed: false },
  ],
  datastore: "sqlite",
  provisioning: () => ["migrate", "seed", "personalise"],
  limits: (plan) => ({
    memoryMiB: { basic: 128, standard: 256, premium: 512 }[plan],
    ...{ cpuCount: 1, diskMiB: 256, processesMax: 8 },
  }),
  serves: { store: "shop", admin: "shop" },
  processes: () => [],
  hook: () => undefined,
  probes: () => ({
    live: step("Ask whether it lives", { part: "options", method: "GET", path: "/live" }),
    ready: step("Read the products", { part: "options", method: "GET", path: "/products" }),
    deep: {
      steps: [
        step("Choose a product", { part: "options", method: "GET", path: "/products" }),
        step("Buy it", {
          ...{ part: "order", method: "POST", path: "/orders", body: { mark: "{mark}" } },
          capture: { order: { at: "/order/id" } },
        }),
        step("Find the order", { part: "found", method: "GET", path: "/orders/{order}" }),
        step("Cancel it", { part: "undo", method: "DELETE", path: "/orders/{order}" }),
      ],
    },
  }),
  orders: () => ({
    script: {
      steps: [step("Read the orders", { part: "options", method: "GET", path: "/orders" })],
    },
    read: (answer) => orders.parse(answer),
  }),
  adminPath: "/admin",
  credentials: ({ secrets }) => ({ user: "admin", password: secrets.adminPassword ?? "" }),
  refusesUpgrade: (from, to) => (to > from ? undefined : `${to} is not newer than ${from}.`),
  sharesData: (from, to) => from.startsWith("1.") && to.startsWith("1."),
})

export const orders = z.array(
  z.object({
    ...{ id: z.string(), number: z.string(), placedAt: z.string(), total: z.number() },
    ...{
      currency: z.string(),
      state: z.string(),
      email: z.string().nullable(),
      probe: z.boolean(),
    },
  }),
)
export type ToyOrder = z.infer<typeof orders>[number]
