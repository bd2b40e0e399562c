import { fault } from "@vibecaas/kernel/fault"
import type { ModelEntry } from "./model.ts"
import { splitModelName } from "./model-name.ts"

/** Stands where a model should be that cannot be asked: a task that asks it is told why. */
export function unreachableModel(text: string, why: string): ModelEntry {
  const { name: provider, modelId } = splitModelName(text)
  const refuse = () => Promise.reject(fault("model_failed", { say: why }))
  return {
    model: {
      ...{ specificationVersion: "v4", provider, modelId, supportedUrls: {} },
      doGenerate: refuse,
      doStream: refuse,
    },
    trust: "untrusted",
    info: { provider, model: modelId, simulated: false, label: `${text}, which cannot be asked` },
  }
}
