import type { Said } from "./scripted-model.ts"

/** The answer of a planning agent that hands over one task. */
export function oneTask(check: object, task: object = {}): Said {
  const it = { key: "it", role: "backend", title: "it", instructions: "x", dependsOn: [], check }
  const input = { summary: "One thing.", tasks: [{ ...it, ...task }] }
  return { calls: [{ name: "plan_tasks", input }] }
}
