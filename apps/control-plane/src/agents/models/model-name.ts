/** The models of a list, each of which takes over from the one before it. */
export const modelsIn = (list: string): string[] => list.split(",").map((name) => name.trim())

/** Only the first colon counts: `compatible:llama3:8b` is the model `llama3:8b`. */
export function splitModelName(text: string): { name: string; modelId: string } {
  const colon = text.indexOf(":")
  return {
    name: (colon < 0 ? text : text.slice(0, colon)).trim(),
    modelId: colon < 0 ? "" : text.slice(colon + 1).trim(),
  }
}
