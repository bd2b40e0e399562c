import type { Json } from "./http-script.ts"

/** What steps of a script put in by name. */
export type Variables = Record<string, Json | undefined>

const placeholder = /\{([\w.-]+)\}/g

/** Puts variables into a text; an unknown name stays as it is. */
export function fillText(
  text: string,
  variables: Variables,
  encode: (value: string) => string = String,
): string {
  return text.replaceAll(placeholder, (whole, name: string) => {
    const value = variables[name]
    return value === undefined ? whole : encode(String(value))
  })
}

/** Puts variables into every text of a JSON value; a text that is one placeholder gets the variable's type. */
export function fill(value: Json, variables: Variables): Json {
  if (typeof value === "string") {
    const [, name = ""] = /^\{([\w.-]+)\}$/.exec(value) ?? []
    return variables[name] ?? fillText(value, variables)
  }
  if (value === null || typeof value !== "object") return value
  if (Array.isArray(value)) return value.map((each: Json) => fill(each, variables))
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([key, each]) => [key, fill(each as Json, variables)])) // of a Json object
}

/** What is at a JSON pointer (RFC 6901); nothing when the way there ends. */
export function pick(json: unknown, pointer: string): unknown {
  if (pointer === "") return json
  let at: unknown = json
  for (const part of pointer.slice(1).split("/")) {
    if (typeof at !== "object" || at === null) return undefined
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~")
    at = Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined
  }
  return at
}
