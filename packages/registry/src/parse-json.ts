import { Refusal } from "./refusal.ts"

/** JSON of a registry. @throws Refusal 502 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new Refusal(502, "The registry's answer is not JSON.", cause)
  }
}
