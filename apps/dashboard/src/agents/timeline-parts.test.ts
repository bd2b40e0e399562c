import { expect, test } from "vitest"
import { run, step, task } from "../testing/runs.ts"
import { foldedParts, notable } from "./timeline-parts.ts"

const at = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 12, 0, seconds)).toISOString()
const planning = task({ role: "planning", state: "succeeded", finishedAt: at(9) })
const backend = task({ role: "backend", state: "running" })
const working = run({ projectId: "prj_00000000000000000000000001", tasks: [planning, backend] })
const by = (of: { id: typeof planning.id }, title: string, seconds: number) =>
  step({ runId: working.id, taskId: of.id, title, startedAt: at(seconds) })
const steps = [
  ...[by(planning, "planned", 1), by(backend, "wrote", 3)],
  ...[by(planning, "read", 5), by(backend, "ran", 7)],
]
const message = {
  ...{ id: "msg_00000000000000000000000001" as const, number: 1, text: "Use euros" },
  ...{ sentBy: "Mara", sentAt: at(4), heardAt: null },
}
const words = (parts: ReturnType<typeof foldedParts>) =>
  parts.map((part) =>
    "steps" in part
      ? `${part.task.role} ${part.steps.length}`
      : "sentAt" in part
        ? part.text
        : part.title,
  )

test("a task that has ended is one part, one at work shows each step, messages in their place", () => {
  expect(words(foldedParts(working, steps, [message]))).toEqual([
    ...["planning 2", "wrote", "Use euros", "ran"],
  ])
})

test("once the run is over every task is folded", () => {
  const over = { ...working, state: "cancelled" as const }
  expect(words(foldedParts(over, steps, []))).toEqual(["planning 2", "backend 2"])
})

test("what failed and what tests said is not folded away", () => {
  const failed = { ...by(backend, "wrote badly", 1), ok: false }
  const tested = { ...by(backend, "npm test", 2), input: { argv: ["npm", "test"] } }
  expect(notable([...steps, failed, tested])).toEqual([failed, tested])
})
