/** What the offline model answers to one call: some words, and the tools it wants run. */
export interface Turn {
  text: string
  calls: { name: string; input: Record<string, unknown> }[]
}

export const say = (text: string): Turn => ({ text, calls: [] })

export const use = (text: string, ...calls: Turn["calls"]): Turn => ({ text, calls })
