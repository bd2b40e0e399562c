import type { StarterParameter, StarterValues } from "@vibecaas/contract/starter-form"

/** What the fields of a starter's parameters hold: texts, but for what is on or off. */
export type TypedValues = Record<string, string | boolean>

/** A list has a line for each of its items, a data model its JSON. */
export function typedOf(parameters: readonly StarterParameter[]): TypedValues {
  return Object.fromEntries(
    parameters.map((parameter) => [fieldOf(parameter.name), typed(parameter)]),
  )
}

function typed(parameter: StarterParameter): string | boolean {
  switch (parameter.kind) {
    case "flag":
      return parameter.default
    case "list":
      return parameter.default.join("\n")
    case "data_model":
      return JSON.stringify(parameter.default, null, 2)
    default:
      return String(parameter.default)
  }
}

/** The name of a parameter's field. */
export const fieldOf = (name: string) => `parameter_${name}`

/** The values as they are sent; what is no number or no JSON is sent as it was typed, and refused. */
export function valuesOf(
  parameters: readonly StarterParameter[],
  values: TypedValues,
): StarterValues {
  return Object.fromEntries(
    parameters.map((parameter) => [
      parameter.name,
      sentOf(parameter, values[fieldOf(parameter.name)]),
    ]),
  )
}

function sentOf({ kind }: StarterParameter, value: string | boolean | undefined): unknown {
  if (typeof value !== "string") return value
  switch (kind) {
    case "number": {
      const number = Number(value.trim().replace(",", "."))
      return value.trim() === "" || Number.isNaN(number) ? value : number
    }
    case "list":
      return value
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean)
    case "data_model":
      return parsed(value)
    default:
      return value
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
