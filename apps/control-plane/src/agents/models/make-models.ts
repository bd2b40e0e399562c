import { type AgentRole, agentRoles } from "@vibecaas/contract/kinds/agents"
import { anthropic } from "./anthropic.ts"
import { google } from "./google.ts"
import type { ModelEntry, ModelProvider, Models, ProviderSettings } from "./model.ts"
import { offline } from "./offline.ts"
import { openai } from "./openai.ts"
import { openaiCompatible } from "./openai-compatible.ts"

/** Every provider by the word before the colon. To add one: a file beside these, and its line here. */
const providers = { offline, openai, anthropic, google, compatible: openaiCompatible } as const
export type ProviderName = keyof typeof providers

export interface ModelsConfig {
  /** `provider:model`, or `offline`; the offline model when absent */
  default?: string | undefined
  roles?: Partial<Record<AgentRole, string | undefined>> | undefined
  keys?: Partial<Record<ProviderName, string | undefined>> | undefined
  baseUrls?: Partial<Record<ProviderName, string | undefined>> | undefined
  fetch: typeof fetch
}

export type ModelsResult = { ok: true; models: Models } | { ok: false; mistakes: string[] }

/** Chooses each role's model, or says everything that is wrong with the configuration. */
export function makeModels(config: ModelsConfig): ModelsResult {
  const made = new Map<string, ModelEntry | { mistake: string }>()
  const entryFor = (name: string) => {
    const known = made.get(name) ?? makeEntry(name, config)
    made.set(name, known)
    return known
  }
  const entries = new Map<AgentRole, ModelEntry>()
  const mistakes = new Set<string>()
  for (const role of agentRoles) {
    const entry = entryFor(config.roles?.[role] ?? config.default ?? "offline")
    if ("mistake" in entry) mistakes.add(entry.mistake)
    else entries.set(role, entry)
  }
  if (mistakes.size > 0) return { ok: false, mistakes: [...mistakes] }
  // Every role has its entry, else there were mistakes.
  return { ok: true, models: { for: (role) => entries.get(role) as ModelEntry } }
}

function makeEntry(text: string, config: ModelsConfig): ModelEntry | { mistake: string } {
  const { provider, name, modelId } = parseModelName(text)
  if (!provider || (modelId === "" && name !== "offline")) {
    const known = Object.keys(providers).filter((each) => each !== "offline")
    return {
      mistake: `“${text}” names no model: write offline, or one of ${known.join(", ")}, then a colon and the model's name.`,
    }
  }
  const settings = settingsOf(name, config)
  const lacking = provider.lacks(settings)
  return lacking ? { mistake: `${lacking} (for “${text}”).` } : provider.make(modelId, settings)
}

/** Only the first colon counts: `compatible:llama3:8b` is the model `llama3:8b`. */
function parseModelName(text: string) {
  const colon = text.indexOf(":")
  const name = (colon < 0 ? text : text.slice(0, colon)).trim()
  const modelId = colon < 0 ? "" : text.slice(colon + 1).trim()
  const provider: ModelProvider | undefined = Object.hasOwn(providers, name)
    ? providers[name as ProviderName] // one of its own keys, just checked
    : undefined
  return { name, modelId, provider }
}

function settingsOf(name: string, config: ModelsConfig): ProviderSettings {
  // Called only with names of providers.
  const key = name as ProviderName
  return { apiKey: config.keys?.[key], baseUrl: config.baseUrls?.[key], fetch: config.fetch }
}
