import { systemClock } from "@vibecaas/kernel/clock"
import { makeOfflineModel } from "@vibecaas/offline-model"
import { askingBrain } from "./asking-brain.ts"
import { brainOf, byName } from "./behaviours.ts"
import { hostileBrain } from "./hostile-brain.ts"
import { startSimulator } from "./simulator.ts"

/** `node main.ts [port] [key]`: answers until it is stopped. */
const [port = "0", apiKey] = process.argv.slice(2)
const offline = brainOf(makeOfflineModel())
const simulator = await startSimulator({
  behave: byName({ offline, hostile: hostileBrain([]), asking: askingBrain(offline) }),
  clock: systemClock,
  port: Number(port),
  ...(apiKey ? { apiKey } : {}),
})
console.log(`Models are simulated at:
  VIBECAAS_MODEL_BASE_URL=${simulator.url("compatible")}
  OPENAI_BASE_URL=${simulator.url("openai")}
  ANTHROPIC_BASE_URL=${simulator.url("anthropic")}
  GOOGLE_GENERATIVE_AI_BASE_URL=${simulator.url("google")}`)
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void simulator.close())
}
