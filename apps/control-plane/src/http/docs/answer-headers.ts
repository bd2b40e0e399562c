import type { JsonSchema } from "./json-schema.ts"

const header = (description: string, type: "integer" | "string" = "integer") => ({
  description,
  schema: { type },
})

/** Headers that answers have in common. */
export const headerComponents = {
  "RateLimit-Policy": header(
    'The limit that the call was closest to, such as `"organization";q=1000;w=60`: its name, calls and seconds.',
    "string",
  ),
  "RateLimit-Limit": header("Calls in a window of that limit."),
  "RateLimit-Remaining": header("Calls that are left."),
  "RateLimit-Reset": header(
    "Seconds until the next call is allowed where none is left, or else until the window ends.",
  ),
  "Retry-After": header("Seconds until it is worth trying again."),
} satisfies Record<string, JsonSchema>

const refTo = (name: keyof typeof headerComponents) => ({ $ref: `#/components/headers/${name}` })

const rates = {
  "RateLimit-Policy": refTo("RateLimit-Policy"),
  "RateLimit-Limit": refTo("RateLimit-Limit"),
  "RateLimit-Remaining": refTo("RateLimit-Remaining"),
  "RateLimit-Reset": refTo("RateLimit-Reset"),
}

/** Responses that say how far their caller is from a limit, and where waiting helps how long. */
export function withRates(responses: JsonSchema): JsonSchema {
  const entries = Object.entries(responses).map(([status, response]) => {
    const waits = status === "429" || status === "503"
    const headers = { ...rates, ...(waits ? { "Retry-After": refTo("Retry-After") } : {}) }
    return [status, { ...(response as JsonSchema), headers }] // of `operation` alone, each an object
  })
  return Object.fromEntries(entries)
}
