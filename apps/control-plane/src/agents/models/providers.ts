import type { Setting } from "@vibecaas/kernel/config"
import { anthropic } from "./anthropic.ts"
import { google } from "./google.ts"
import type { ModelProvider } from "./model.ts"
import { offline } from "./offline.ts"
import { openai } from "./openai.ts"
import { openaiCompatible } from "./openai-compatible.ts"

/** Every provider of models. To add one: a file beside these, its line here, and its package. */
export const providers: readonly ModelProvider[] = [
  offline,
  openai,
  anthropic,
  google,
  openaiCompatible,
]

export const providerNamed = (name: string) => providers.find((each) => each.name === name)

/** The settings of all providers, for the table of the platform's settings. */
export const providerSettings: Record<string, Setting<string | undefined>> = Object.assign(
  {},
  ...providers.map(({ settings }) => settings),
)
