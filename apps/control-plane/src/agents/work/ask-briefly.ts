import type { Clock } from "@vibecaas/kernel/clock"
import type { ModelEntry } from "../models/model.ts"
import { brief } from "../whole-words.ts"
import { askPatiently } from "./ask-patiently.ts"
import { defaultBudgets } from "./budget.ts"
import { told } from "./said.ts"

/** One short answer, asked for once: enough to see that a key is taken and a model is there. */
const budget = {
  ...defaultBudgets.call,
  ...{ firstMsMax: 30_000, idleMsMax: 15_000, modelMsMax: 60_000 },
  ...{ patienceMsMax: 0, attemptsMax: 1, outputTokensMax: 200 },
}

/** @returns what was answered in a sentence, or the fault of whoever did not answer */
export async function askBriefly(
  { model }: ModelEntry,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<{ ok: boolean; say: string }> {
  const options = { prompt: [told("Answer with the one word: ready")] }
  const asking = { clock, signal, budget, waits: async () => {} }
  const { asked } = await askPatiently(model, options, asking)
  if ("say" in asked) return { ok: false, say: asked.say }
  const words = asked.content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("")
  const text = brief(
    words
      .replaceAll(/\s+/g, " ")
      .trim()
      .replace(/[.!]+$/, ""),
    80,
  )
  return { ok: true, say: text ? `It answered “${text}”.` : "It answered, without a word." }
}
