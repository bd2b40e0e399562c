import { makeOfflineModel } from "@vibecaas/offline-model"
import { defineProvider } from "./model.ts"

/** Fixed rules behind the same interface: no network, no key, no surprises. */
export const offline = defineProvider({
  name: "offline",
  maker: "VibeCaaS",
  settings: {},
  make: () => ({
    model: makeOfflineModel(),
    trust: "blueprint",
    info: {
      provider: "offline",
      model: "offline",
      simulated: true,
      label: "Starters, no language model",
    },
  }),
})
