import type { ModelRoleStatus } from "@vibecaas/contract/kinds/models"
import { money } from "@vibecaas/contract/money"

const chosenBy: Record<ModelRoleStatus["from"], string> = {
  here: "Chosen here",
  environment: "Chosen by the environment",
  recommended: "Recommended",
  offline: "Nobody chose one",
}

export const fromWords = ({ from }: ModelRoleStatus): string => chosenBy[from]

/** Models of a role's line of which nobody knows here what they cost. */
export function unpricedIn({ asks }: ModelRoleStatus): string[] {
  return [asks, ...asks.fallbacks]
    .filter(({ simulated, price }) => !simulated && !price)
    .map(({ model }) => model)
}

/** What is set of a role beside its models; nothing when all is as usual. */
export function limitWords({ set }: ModelRoleStatus): string[] {
  const { temperature, outputTokensMax, tokensMax, centsMax } = set
  const number = (value: number) => value.toLocaleString("en")
  return [
    temperature === null ? "" : `Temperature ${temperature}`,
    outputTokensMax === null ? "" : `${number(outputTokensMax)} tokens an answer`,
    tokensMax === null ? "" : `${number(tokensMax)} tokens a task`,
    centsMax === null ? "" : `${money(centsMax)} a task`,
  ].filter(Boolean)
}
