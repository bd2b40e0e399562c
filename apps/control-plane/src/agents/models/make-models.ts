import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ModelEntry, Models } from "./model.ts"
import { modelFetch } from "./model-fetch.ts"
import { modelsIn, splitModelName } from "./model-name.ts"
import { providerNamed, providers } from "./providers.ts"

export interface ModelsConfig {
  /** `provider:model`, or `offline`, or a list of these with commas; the offline model when absent */
  default?: string | undefined
  roles?: Partial<Record<AgentRole, string | undefined>> | undefined
  /** values of the providers' settings, by their names */
  settings?: Record<string, string | undefined> | undefined
  fetch: typeof fetch
  /** stands in for a model that cannot be made; without it that is a mistake */
  standIn?: (name: string, mistake: string) => ModelEntry
}

export type ModelsResult = { ok: true; models: Models } | { ok: false; mistakes: string[] }

/** Chooses each role's model, or says everything that is wrong with the configuration. */
export function makeModels(config: ModelsConfig): ModelsResult {
  const made = new Map<string, ModelEntry | { mistake: string }>()
  const entryFor = (name: string) => {
    const known = made.get(name) ?? makeEntry(name, config)
    const entry = "mistake" in known ? (config.standIn?.(name, known.mistake) ?? known) : known
    made.set(name, entry)
    return entry
  }
  const entries = new Map<AgentRole, ModelEntry>()
  const mistakes = new Set<string>()
  for (const role of agentRoles) {
    const list = config.roles?.[role] ?? config.default ?? "offline"
    const line: ModelEntry[] = []
    for (const entry of modelsIn(list).map(entryFor)) {
      if ("mistake" in entry) mistakes.add(entry.mistake)
      else line.push(entry)
    }
    const first = line.reduceRight<ModelEntry | undefined>(
      (next, entry) => (next ? { ...entry, next } : entry),
      undefined,
    )
    if (first) entries.set(role, first)
  }
  if (mistakes.size > 0) return { ok: false, mistakes: [...mistakes] }
  // Every role has its entry, else there were mistakes.
  return { ok: true, models: { for: (role) => entries.get(role) as ModelEntry } }
}

function makeEntry(text: string, config: ModelsConfig): ModelEntry | { mistake: string } {
  const { name, modelId } = splitModelName(text)
  const provider = providerNamed(name)
  if (!provider || (modelId === "" && provider.needs !== undefined)) {
    const known = providers.filter(({ needs }) => needs !== undefined).map((each) => each.name)
    return {
      mistake: `“${text}” names no model: write offline, or one of ${known.join(", ")}, then a colon and the model's name.`,
    }
  }
  const { settings = {}, fetch } = config
  const { needs, maker } = provider
  if (needs !== undefined && !settings[needs])
    return {
      mistake: `Models of ${maker} need ${needs}, or the same set under Models (for “${text}”).`,
    }
  return provider.make(modelId, { settings, fetch: modelFetch(fetch) })
}
