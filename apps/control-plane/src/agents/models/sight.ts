import type { ModelInfo } from "@vibecaas/contract/model-info"

/** Where a model takes pictures: in what tools answer, or only in what people say. */
export type TakesPictures = "in results" | "in messages"

interface Seeing {
  provider: string
  /** of names of models */
  models: RegExp
  pictures: TakesPictures
}

/** Models that see. One that is not here gets words only. */
const seeing: readonly Seeing[] = [
  {
    provider: "openai",
    models: /^(gpt-5|gpt-4\.1|gpt-4o|o3(?!-mini)|o4-mini)/,
    pictures: "in results",
  },
  { provider: "anthropic", models: /^claude-(3|opus|sonnet|haiku)/, pictures: "in results" },
  { provider: "google", models: /^gemini-/, pictures: "in results" },
  // Chat completions have no place for pictures in what a tool answers.
  {
    provider: "compatible",
    models:
      /[-_/:.]vl\b|vision|llava|pixtral|gemma-?3|llama-?4|internvl|minicpm-v|claude-|gemini-|gpt-(4o|4\.1|5)/i,
    pictures: "in messages",
  },
]

export const takesPictures = ({ provider, model }: ModelInfo): TakesPictures | undefined =>
  seeing.find((each) => each.provider === provider && each.models.test(model))?.pictures
