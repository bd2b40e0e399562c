import { labelFor } from "./words.ts"

/** The lead of "A reading list: …" is the app's name, when it is short and a name at all. */
export function titleIn(lead: string): string | undefined {
  const bare = lead
    .replace(
      /^(?:please |can you |could you )*(?:(?:i|we)(?:'d| would| want| need| like| love)*(?: to)?(?: have)?\s+|(?:build|make|create|give)(?: me| us)?\s+)*/i,
      "",
    )
    .replace(/^(?:(?:an?|the|my|our|simple|small|little)\s+)+/i, "")
    .replace(/\s+(?:for|of|with|to|where|that|in|at|on|by)\s.*$/i, "")
    .trim()
  const verbs =
    /^(?:track|keep|manage|record|log|and|also|things|each|every|for|help|collect|store|save|note|organi[sz]e|catalog|list|register|i|we|i'm|something|app|application|tool|website|one)\b/i
  const generic =
    /^(?:list|database|registry|register|inventory|catalogue?|log|tracker|records?|place|system|page|directory|collection)$/i
  return /^[\p{L}\p{N}' &-]{2,32}$/u.test(bare) &&
    !/\b(?:i|we|my)\b/i.test(bare) &&
    !verbs.test(bare) &&
    !generic.test(bare)
    ? labelFor(bare)
    : undefined
}
