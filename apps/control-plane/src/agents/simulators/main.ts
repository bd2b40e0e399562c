import { readFile } from "node:fs/promises"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeOfflineModel } from "@vibecaas/offline-model"
import { readCassette } from "../cassettes/cassette.ts"
import { forApps } from "./app-brain.ts"
import { askingBrain, forGoals } from "./asking-brain.ts"
import { brainOf, byName } from "./behaviours.ts"
import { hostileBrain } from "./hostile-brain.ts"
import { brainOfCassettes } from "./player.ts"
import { startSimulator } from "./simulator.ts"
import { starterBrain } from "./starter-brain.ts"

/**
 * `node main.ts [port] [key] [recording...]`: answers until it is stopped. The model `recorded`
 * answers as those of the recorded runs did, asks first where a goal says “Ask me”, and tells apps what it read. `offline` builds a record keeper whatever it is asked for.
 */
const [port = "0", apiKey, ...files] = process.argv.slice(2)
const texts = await Promise.all(files.map((file) => readFile(file, "utf8")))
const chosen = { id: "record-keeper", parameters: {} }
const offline = starterBrain(brainOf(makeOfflineModel()), chosen)
const asking = askingBrain(offline)
const simulator = await startSimulator({
  behave: byName({
    ...{ offline, hostile: hostileBrain([]), asking },
    recorded: forApps(forGoals(asking, brainOfCassettes(texts.map(readCassette)))),
  }),
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
