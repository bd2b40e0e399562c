import { type Clock, systemClock } from "@vibecaas/kernel/clock"
import { tool } from "ai"
import { afterAll, beforeAll, expect, test } from "vitest"
import { z } from "zod"
import { openaiCompatible } from "../models/openai-compatible.ts"
import { answerOf, type Behaviour, type StreamEnd } from "../simulators/behaviours.ts"
import { type Simulator, startSimulator } from "../simulators/simulator.ts"
import { defaultBudgets } from "./budget.ts"
import { converse } from "./converse.ts"
import { makeJournal } from "./journal.ts"
import { told } from "./said.ts"

const text = "Two files."
const call = (id: string, input: unknown) => ({ id, name: "write_file", input })
const a = call("c1", { path: "a.txt", content: "one" })
const b = call("c2", { path: "b.txt", content: "two" })
const cut = (id: string, input: string) => call(id, input)

/** An answer that says a word and writes two files, in ten events. */
const twoFiles = answerOf({ text, calls: [a, b] })
const places = Array.from({ length: 10 }, (_, place) => place)
const done = answerOf({ text: "Done." })
const ends: StreamEnd[] = ["cut", "closed", "error", "garbage", "silence"]

let simulator: Simulator
let behave: (request: number) => Behaviour

beforeAll(async () => {
  simulator = await startSimulator({
    behave: () => behave(simulator.heard.length),
    clock: systemClock,
  })
})
afterAll(() => simulator.close())

/** What a model does that is not cut: it writes until something is written. */
const whole: Behaviour = {
  brain: ({ prompt }) => (prompt.some(({ role }) => role === "tool") ? done : twoFiles),
}

/** Time that passes so fast that waiting for minutes is no matter. */
const fast = 400
const began = Date.now()
const clock: Clock = {
  now: () => new Date(began + (Date.now() - began) * fast),
  sleep: (ms, signal) => systemClock.sleep(ms / fast, signal),
}

/** Where nobody falls silent, a busy machine has time enough. */
async function talk(end?: StreamEnd) {
  const silenceMs = (end === "silence" ? 0.5 : 10) * 1000 * fast
  simulator.heard.length = 0
  const files = new Map<string, string>()
  const titles: string[] = []
  const settings = { VIBECAAS_MODEL_BASE_URL: simulator.url("compatible") }
  const ended = await converse({
    line: { now: openaiCompatible.make("m", { settings, fetch }) },
    instructions: "Write.",
    messages: [told("Write two files.")],
    tools: {
      write_file: tool({
        inputSchema: z.object({ path: z.string(), content: z.string() }),
        execute: async ({ path, content }) => {
          files.set(path, content)
          return { written: path }
        },
      }),
    },
    finished: () => false,
    calls: {
      journal: makeJournal({
        recorded: [],
        now: clock.now,
        write: async ({ title }) => void titles.push(title),
      }),
      tryNumber: 1,
      clock,
      signal: new AbortController().signal,
      budget: {
        ...defaultBudgets.call,
        ...{ firstMsMax: silenceMs, idleMsMax: silenceMs, patienceMsMax: 120_000 },
      },
      reserve: async () => {},
      waits: async () => {},
      usedCallIds: new Set(),
    },
  })
  const lastWords = JSON.stringify(simulator.heard.at(-1)?.prompt)
  return { died: ended.died, files: Object.fromEntries(files), titles, lastWords }
}

const first = (behaviour: Behaviour) => (request: number) => (request === 1 ? behaviour : whole)

/** Silences take their time, so that only some of them are waited out. */
const cases = ends.flatMap((by) =>
  places
    .filter((place) => by !== "silence" || place % 3 === 0)
    .map((after) => [by, after] as const),
)

test.each(cases)("after %s at event %i the work goes on and ends whole", async (by, after) => {
  behave = first({ ...whole, fault: { ends: { after, by } } })
  const { died, files, lastWords } = await talk(by)
  // The simulator refuses a conversation that cannot be sent.
  expect(died).toBeUndefined()
  expect(files).toEqual({ "a.txt": "one", "b.txt": "two" })
  expect(lastWords).not.toContain("Your answer was cut")
})

test.each([
  { calls: [], files: ["a.txt", "b.txt"], inCall: false },
  { calls: [cut("c1", "")], files: [], inCall: true },
  { calls: [cut("c1", '{"path":"a.txt",')], files: [], inCall: true },
  { calls: [a], files: ["a.txt"], inCall: false },
  { calls: [a, cut("c2", "")], files: ["a.txt"], inCall: true },
  { calls: [a, cut("c2", '{"path":"b.txt",')], files: ["a.txt"], inCall: true },
  { calls: [a, b], files: ["a.txt", "b.txt"], inCall: false },
])(
  "of an answer that was cut at its length, what was complete is done and the rest is told: %o",
  async ({ calls, files, inCall }) => {
    behave = first({ brain: () => answerOf({ text, calls, finish: "length" }) })
    const ended = await talk()
    expect(ended.died).toBeUndefined()
    expect(Object.keys(ended.files)).toEqual(files)
    expect(ended.lastWords).toContain("Your answer was cut")
    expect(ended.titles.join().includes("was cut in the middle")).toBe(inCall)
  },
)

test.each(ends)("when every answer ends by %s, the conversation dies and says why", async (by) => {
  behave = () => ({ ...whole, fault: { ends: { after: 2, by } } })
  const { died, files } = await talk(by)
  expect(died?.say).toMatch(/broke off|could not be read|cannot be reached|busy|silent/)
  expect(files).toEqual({})
})

test("when every answer is cut before it does anything, the conversation dies and says why", async () => {
  behave = () => ({ brain: () => answerOf({ text, finish: "length" }) })
  expect((await talk()).died?.say).toMatch(/cut at their length/)
})

test("broken arguments are answered with the place, and are not repeated", async () => {
  const long = `{"path":"a.txt","content":"${"x".repeat(5000)}" oops}`
  behave = first({ brain: () => answerOf({ calls: [call("c1", long)] }) })
  const { files, titles } = await talk()
  expect(files).toEqual({})
  const [, second] = simulator.heard
  expect(second?.body.length).toBeLessThan(3000)
  expect(JSON.stringify(second?.prompt.at(-1))).toMatch(/no JSON.*at character 5029 of/)
  expect(titles[1]).toMatch(/write_file was not understood/)
})
