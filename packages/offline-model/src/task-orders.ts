/** What the planning role hands to the others, in words that a person and the next agent read. */
import type { AppSpec } from "./blueprints/index.ts"
import { readAppSpec, writeAppSpec } from "./blueprints/index.ts"

export interface TaskOrders {
  /** what this task is for, one sentence */
  purpose: string
  write: string[]
  remove: string[]
  /** files that may be written again when the tests fail */
  repair: string[]
  spec: AppSpec
}

const headings = {
  write: "Bring these files to what the app spec says:",
  remove: "Delete these files:",
  repair: "If the tests fail, these files may be written again from the app spec:",
}

export function writeOrders(orders: TaskOrders): string {
  const list = (name: keyof typeof headings) =>
    orders[name].length === 0
      ? []
      : [`${headings[name]}\n${orders[name].map((path) => `- ${path}`).join("\n")}`]
  return [
    orders.purpose,
    ...list("write"),
    ...list("remove"),
    ...list("repair"),
    `App spec:\n\`\`\`json\n${writeAppSpec(orders.spec)}\`\`\``,
  ].join("\n\n")
}

/** Reads orders back; undefined when the instructions carry no app spec. */
export function readOrders(instructions: string): TaskOrders | undefined {
  const fenced = instructions.match(/```json\n([\s\S]*?)\n```/)?.[1]
  const spec = fenced === undefined ? undefined : readAppSpec(fenced)
  if (!spec) return undefined
  return {
    purpose: instructions.split("\n")[0] ?? "",
    write: listUnder(instructions, headings.write),
    remove: listUnder(instructions, headings.remove),
    repair: listUnder(instructions, headings.repair),
    spec,
  }
}

function listUnder(text: string, heading: string): string[] {
  const start = text.indexOf(`${heading}\n`)
  if (start < 0) return []
  const lines = text.slice(start + heading.length + 1).split("\n")
  const end = lines.findIndex((line) => !line.startsWith("- "))
  return lines.slice(0, end < 0 ? undefined : end).map((line) => line.slice(2))
}
