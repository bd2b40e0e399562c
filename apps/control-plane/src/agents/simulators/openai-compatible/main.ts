import { systemClock } from "@vibecaas/kernel/clock"
import { makeOfflineModel } from "@vibecaas/offline-model"
import { hostileModel } from "./hostile-model.ts"
import { startSimulator } from "./simulator.ts"

/** `node main.ts [port] [key]`: answers until it is stopped. */
const [port = "0", apiKey] = process.argv.slice(2)
const simulator = await startSimulator({
  brains: { offline: makeOfflineModel(), hostile: hostileModel([]) },
  clock: systemClock,
  port: Number(port),
  ...(apiKey ? { apiKey } : {}),
})
console.log(`OpenAI-compatible simulator at ${simulator.baseUrl}`)
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void simulator.close())
}
