import type { AiAlias } from "@vibecaas/contract/ai-aliases"

/** How the names by which apps ask for models are shown. */
export const aliasWords: Record<AiAlias, string> = { default: "Default", fast: "Fast" }
