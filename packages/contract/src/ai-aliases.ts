/** Names by which apps ask models; which model answers to one is the organization's choice. */
export const aiAliases = ["default", "fast"] as const
export type AiAlias = (typeof aiAliases)[number]
