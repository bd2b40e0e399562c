import { isMainThread, threadId } from "node:worker_threads"
import { expect, test } from "vitest"
import { makeOfflineModel } from "./index.ts"
import { makeThread } from "./thread.ts"

const odd = () => makeThread(new URL("./testing/odd-worker.ts", import.meta.url))
const place = (answer: string) => Number(answer.split(" in ")[1])

test("questions are answered in order, all in one other thread", async () => {
  const thread = odd()
  const answers = await Promise.all(["a", "b", "c"].map((text) => thread.ask(text)))
  expect(answers.map((answer) => answer[0])).toEqual(["a", "b", "c"])
  expect(new Set(answers.map(place)).size).toBe(1)
  expect(place(answers[0] ?? "")).not.toBe(threadId)
})

test("a question that fails fails alone", async () => {
  const thread = odd()
  const [failed, well] = [thread.ask("fail"), thread.ask("a")]
  await expect(failed).rejects.toThrow("not that")
  expect(await well).toMatch(/^a in /)
})

test.each(["end", "throw"])(
  "when the thread ends (%s), who waits is told, and the next question has another",
  async (how) => {
    const thread = odd()
    const first = place(await thread.ask("a"))
    const [ended, behind] = await Promise.allSettled([thread.ask(how), thread.ask("b")])
    expect([ended.status, behind.status]).toEqual(["rejected", "rejected"])
    expect(place(await thread.ask("c"))).not.toBe(first)
  },
)

test("a question that is given up is not waited for", async () => {
  const thread = odd()
  const stop = new AbortController()
  const asked = thread.ask("a", stop.signal)
  stop.abort(new Error("enough"))
  await expect(asked).rejects.toThrow("enough")
  await expect(thread.ask("b", stop.signal)).rejects.toThrow("enough")
  expect(await thread.ask("c")).toMatch(/^c in /)
})

test("the model thinks in a thread that its first call starts", async () => {
  const started: unknown[] = []
  const note = (worker: unknown) => started.push(worker)
  process.on("worker", note)
  const model = makeOfflineModel()
  const prompt = [
    { role: "system" as const, content: "You are the planning agent of VibeCaaS." },
    { role: "user" as const, content: [{ type: "text" as const, text: "books with title" }] },
  ]
  for (const _ of "12") expect((await model.doGenerate({ prompt })).content).not.toEqual([])
  process.off("worker", note)
  expect(isMainThread && started.length).toBe(1)
})
