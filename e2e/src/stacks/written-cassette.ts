import { writeFileSync } from "node:fs"

/** What a model calls, or says last when it is a text. */
export type Answer = string | readonly { name: string; input: object }[]

export interface WrittenTask {
  role: string
  title: string
  instructions: string
  answers: readonly Answer[]
}

/**
 * Writes a cassette of answers that nobody recorded: a model that plays it gives them one after the
 * other. What tools showed is not in it, since players do not read it.
 */
export function writeCassette(
  path: string,
  { goal, tasks }: { goal: string; tasks: readonly WrittenTask[] },
): void {
  const written = tasks.map(({ answers, ...task }) => ({
    ...{ ...task, state: "succeeded", evidence: null },
    calls: answers.map((answer, order) => ({
      ...{ order, try: 1, kind: "model", tokens: { input: 4000, output: 300 } },
      ...contentOf(answer, order),
    })),
  }))
  const cassette = {
    ...{ format: "vibecaas cassette", version: 1, recordedAt: "2026-11-29T12:00:00.000Z" },
    ...{ goal, start: { tree: "none", files: {} }, tasks: written },
    ...{ end: { state: "succeeded", failure: null, tree: null }, secretsLeftOut: 0 },
  }
  writeFileSync(path, JSON.stringify(cassette))
}

function contentOf(answer: Answer, order: number) {
  if (typeof answer === "string")
    return { finish: "stop", content: [{ type: "text", text: answer }] }
  const calls = answer.map(({ name, input }, at) => ({
    ...{ type: "tool-call", id: `call_${order}_${at}`, name, input },
  }))
  return { finish: "tool-calls", content: calls }
}
