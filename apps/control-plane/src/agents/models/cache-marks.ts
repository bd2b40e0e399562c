import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  SharedV4ProviderOptions,
} from "@ai-sdk/provider"

type Marked = { providerOptions?: SharedV4ProviderOptions }

/**
 * Marks up to where Anthropic keeps what it has read: the tools, the instructions and the newest
 * message. The next request begins with all of it, and pays a tenth for that part.
 */
function withCacheMarks(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const { prompt, tools } = options
  const system = prompt.findLastIndex(({ role }) => role === "system")
  const marked = prompt.map((message, index) =>
    index === system || index === prompt.length - 1 ? mark(message) : message,
  )
  const lastTool = tools?.findLastIndex(({ type }) => type === "function") ?? -1
  const declared = tools?.map((tool, index) =>
    index === lastTool && tool.type === "function" ? mark(tool) : tool,
  )
  return { ...options, prompt: marked, ...(declared ? { tools: declared } : {}) }
}

function mark<T extends Marked>(of: T): T {
  const anthropic = { ...of.providerOptions?.anthropic, cacheControl: { type: "ephemeral" } }
  return { ...of, providerOptions: { ...of.providerOptions, anthropic } }
}

/** A model of Anthropic's that is asked with such marks. */
export function cached(model: LanguageModelV4): LanguageModelV4 {
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(withCacheMarks(options)),
    doStream: (options) => model.doStream(withCacheMarks(options)),
  }
}
