/** What a model's tokens cost, in US dollars per million. */
export interface Rates {
  /** tokens read for the first time */
  input: number
  /** tokens that the provider still had from before */
  cachedInput: number
  /** tokens that the provider is to keep */
  cacheWrite: number
  output: number
}

export interface Price extends Rates {
  provider: string
  /** names of models, without the date of a snapshot */
  models: readonly string[]
  /** other rates for answers to prompts of more than `over` tokens */
  long?: Rates & { over: number }
}

/** The month of the lists below, and where providers publish theirs; they change without notice. */
export const lists: { asOf: string; sources: Readonly<Record<string, string>> } = {
  asOf: "2025-11",
  sources: {
    openai: "https://platform.openai.com/docs/pricing",
    anthropic: "https://docs.claude.com/en/docs/about-claude/pricing",
    google: "https://ai.google.dev/gemini-api/docs/pricing",
  },
}

/** Rates of input, cached input, cache writes and output, in this order. */
function rates([input, cachedInput, cacheWrite, output]: [number, number, number, number]): Rates {
  return { input, cachedInput, cacheWrite, output }
}

/** Rates of input, cached input and output; keeping a prompt costs nothing beside reading it. */
const keptFreely = ([input, cachedInput, output]: [number, number, number]) =>
  rates([input, cachedInput, input, output])

/** Of input and output; a tenth for what was kept, a quarter more for what is kept for 5 minutes. */
const keptAtAPrice = ([input, output]: [number, number]) =>
  rates([input, input / 10, input * 1.25, output])

const openai = (models: string, ...dollars: [number, number, number]): Price => ({
  ...{ provider: "openai", models: models.split(" ") },
  ...keptFreely(dollars),
})
const anthropic = (models: string, ...dollars: [number, number]): Price => ({
  ...{ provider: "anthropic", models: models.split(" ") },
  ...keptAtAPrice(dollars),
})
const google = (models: string, ...dollars: [number, number, number]): Price => ({
  ...{ provider: "google", models: models.split(" ") },
  ...keptFreely(dollars),
})

/** List prices by model. A model that is not here has a price that is not known. */
export const prices: readonly Price[] = [
  openai("gpt-5 gpt-5-codex gpt-5-chat gpt-5.1 gpt-5.1-codex gpt-5.1-chat", 1.25, 0.125, 10),
  openai("gpt-5-mini gpt-5.1-codex-mini", 0.25, 0.025, 2),
  openai("gpt-5-nano", 0.05, 0.005, 0.4),
  openai("gpt-4.1", 2, 0.5, 8),
  openai("gpt-4.1-mini", 0.4, 0.1, 1.6),
  openai("gpt-4.1-nano", 0.1, 0.025, 0.4),
  openai("gpt-4o", 2.5, 1.25, 10),
  openai("gpt-4o-mini", 0.15, 0.075, 0.6),
  openai("o3", 2, 0.5, 8),
  openai("o4-mini", 1.1, 0.275, 4.4),
  anthropic("claude-opus-4-5", 5, 25),
  anthropic("claude-opus-4-1 claude-opus-4-0 claude-opus-4", 15, 75),
  {
    ...anthropic("claude-sonnet-4-5 claude-sonnet-4-0 claude-sonnet-4", 3, 15),
    long: { over: 200_000, ...keptAtAPrice([6, 22.5]) },
  },
  anthropic("claude-3-7-sonnet", 3, 15),
  anthropic("claude-haiku-4-5", 1, 5),
  anthropic("claude-3-5-haiku", 0.8, 4),
  {
    ...google("gemini-3-pro-preview", 2, 0.2, 12),
    long: { over: 200_000, ...keptFreely([4, 0.4, 18]) },
  },
  {
    ...google("gemini-2.5-pro", 1.25, 0.125, 10),
    long: { over: 200_000, ...keptFreely([2.5, 0.25, 15]) },
  },
  google("gemini-2.5-flash", 0.3, 0.03, 2.5),
  google("gemini-2.5-flash-lite", 0.1, 0.01, 0.4),
]
