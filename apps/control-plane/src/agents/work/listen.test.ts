import { systemClock } from "@vibecaas/kernel/clock"
import { expect, test } from "vitest"
import type { StepRow } from "../step.ts"
import { type EndedCall, makeJournal } from "./journal.ts"
import { makeListen } from "./listen.ts"

const sent = ["Make it blue", "No, green"].map((text, index) => {
  return { number: index + 1, by: "Mara", text, attachments: [] }
})

/** A turn of a task whose journal has these rows, at a moment when so many messages were sent. */
function turn(rows: EndedCall[], count: number, known = 0) {
  const journal = makeJournal({
    recorded: [...rows] as unknown as StepRow[], // the parts of a row that a replay reads
    now: systemClock.now,
    write: async (call) => void rows.push(call),
  })
  const after = async (number: number) => sent.slice(0, count).filter((row) => row.number > number)
  const listen = makeListen({ journal, known, sent: after, show: async () => [] })
  const answer = (callKey: string) =>
    journal.once({ kind: "model", name: "m", tryNumber: 1, callKey }, async () => {
      return { title: "", ok: true, input: {}, output: {} }
    })
  const heard = async (callKey: string) =>
    (await listen({ tryNumber: 1, callKey })).map(({ text }) => text)
  return { heard, answer }
}

test("each message is heard once, before the next answer", async () => {
  const { heard, answer } = turn([], 2)
  expect(await heard("model-1")).toEqual(["Make it blue", "No, green"])
  await answer("model-1")
  expect(await heard("model-2")).toEqual([])
})

test("a replay hears the same before the same answer, and what came since only after the last", async () => {
  const rows: EndedCall[] = []
  const first = turn(rows, 1)
  expect(await first.heard("model-1")).toEqual(["Make it blue"])
  await first.answer("model-1")
  expect(await first.heard("model-2")).toEqual([])
  await first.answer("model-2")

  const again = turn(rows, 2)
  expect(await again.heard("model-1")).toEqual(["Make it blue"])
  expect(await again.heard("model-2")).toEqual([])
  expect(await again.heard("model-3")).toEqual(["No, green"])
})

test("killed after it heard and before it was answered, a task hears the same again and no more", async () => {
  const rows: EndedCall[] = []
  await turn(rows, 1).heard("model-1")
  const again = turn(rows, 2)
  expect(await again.heard("model-1")).toEqual(["Make it blue"])
  await again.answer("model-1")
  expect(await again.heard("model-2")).toEqual(["No, green"])
})

test("what a task was told of as it began is not heard again", async () => {
  expect(await turn([], 2, 1).heard("model-1")).toEqual(["No, green"])
})
