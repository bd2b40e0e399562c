import type { LanguageModelV4 } from "@ai-sdk/provider"

/**
 * A model whose package is loaded with the first call, so that an installation loads only what it
 * uses, and the settings of all providers can be read without any of them.
 */
export function loadedWhenUsed(
  { provider, modelId }: { provider: string; modelId: string },
  load: () => Promise<LanguageModelV4>,
): LanguageModelV4 {
  let loading: Promise<LanguageModelV4> | undefined
  const loaded = () => {
    loading ??= load()
    return loading
  }
  return {
    specificationVersion: "v4",
    provider,
    modelId,
    get supportedUrls() {
      return loaded().then((model) => model.supportedUrls)
    },
    doGenerate: async (options) => (await loaded()).doGenerate(options),
    doStream: async (options) => (await loaded()).doStream(options),
  }
}
