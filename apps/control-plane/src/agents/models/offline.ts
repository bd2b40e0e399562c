import { makeOfflineModel } from "../offline/index.ts"
import type { ModelProvider } from "./model.ts"

/** Our own blueprints behind the same interface: no network, no key, no surprises. */
export const offline: ModelProvider = {
  name: "offline",
  lacks: () => undefined,
  make() {
    const model = makeOfflineModel()
    return {
      model,
      trust: "blueprint",
      info: {
        provider: "offline",
        model: model.modelId,
        simulated: true,
        label: "Offline blueprints, no language model",
      },
    }
  },
}
