/** What passes between the model and the thread it thinks in, as JSON. */
import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4FinishReason,
  LanguageModelV4Usage,
} from "@ai-sdk/provider"

/** The parts of a call that an answer depends on. */
export type Call = Pick<LanguageModelV4CallOptions, "prompt" | "tools" | "toolChoice">

export interface ModelAnswer {
  content: LanguageModelV4Content[]
  usage: LanguageModelV4Usage
  finishReason: LanguageModelV4FinishReason
}
