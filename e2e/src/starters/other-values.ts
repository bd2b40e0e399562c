import type { StarterParameter, StarterValues } from "@vibecaas/contract/starter-form"
import type { Starter } from "@vibecaas/starters/starter"

/**
 * Values that fit every parameter and are not its default: the other flag, the last choice, the
 * largest number, the shortest list, a text with marks that HTML knows. An app must hold for them.
 */
function otherValues({ parameters }: Pick<Starter, "parameters">): StarterValues {
  const chosen = parameters.flatMap((parameter) => {
    const value = otherValue(parameter)
    return value === undefined ? [] : [[parameter.name, value] as const]
  })
  return Object.fromEntries(chosen)
}

/** How to try an app out with other values: on a phone, where they have the least room. */
export const otherwise = (starter: Starter) => ({
  values: otherValues(starter),
  views: [{ width: 375, scheme: "light" }] as const,
})

function otherValue(parameter: StarterParameter): StarterValues[string] | undefined {
  switch (parameter.kind) {
    case "text":
    case "long_text":
      return text.slice(0, parameter.max ?? text.length).padEnd(parameter.min ?? 0, "x")
    case "number":
      return [parameter.max, parameter.min].find(
        (bound) => bound !== undefined && bound !== parameter.default,
      )
    case "choice":
      return parameter.choices.findLast(({ value }) => value !== parameter.default)?.value
    case "flag":
      return !parameter.default
    case "color":
      return "#f2e205"
    case "list":
      return Array.from({ length: Math.max(1, parameter.min ?? 0) }, (_, at) =>
        `${at + 1} <Ño>`.slice(0, parameter.itemMax ?? 80),
      )
    case "data_model":
      return undefined
  }
}

const text = `Zoë & "Söhne" <b>`
