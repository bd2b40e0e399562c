import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import { isReachable, type Reach } from "./reach.ts"

/** Whose model a role does best with. */
const favourites: Partial<Record<AgentRole, string>> = {
  planning: "anthropic",
  frontend: "openai",
  backend: "google",
  ai_feature: "anthropic",
  testing: "openai",
  integration: "anthropic",
}

/**
 * The line of a role for which nobody chose one: its favourite, then the others, of those whose key
 * somebody set here. A key in the environment may be there for another program.
 */
export function recommendedLine(role: AgentRole, reaches: readonly Reach[]): string | undefined {
  const keyed = reaches.filter(
    (reach) => reach.from === "here" && reach.provider.usual && isReachable(reach),
  )
  const isFavourite = ({ provider }: Reach) => provider.name === favourites[role]
  const line = [...keyed.filter(isFavourite), ...keyed.filter((reach) => !isFavourite(reach))]
  return line.length > 0
    ? line.map(({ provider }) => `${provider.name}:${provider.usual}`).join(",")
    : undefined
}
