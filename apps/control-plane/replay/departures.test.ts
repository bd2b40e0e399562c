import { expect, test } from "vitest"
import { type Cassette, type CassetteCall, cassetteHead } from "../src/agents/cassettes/cassette.ts"
import { departures, inWords } from "./departures.ts"
import { comparable } from "./may-differ.ts"

type Task = Cassette["tasks"][number]

const answer = (order: number): CassetteCall => ({
  ...{ order, try: 1, kind: "model", finish: "stop" },
})
const shown = (order: number, name: string, output: unknown): CassetteCall => ({
  ...{ order, try: 1, kind: "tool", key: `c${order}`, name, ok: true, output },
})

function recording(calls: CassetteCall[], change: Partial<Task> = {}): Cassette {
  const state = "succeeded"
  const task = { title: "Build", instructions: "Build it.", evidence: null, state, calls } as const
  return {
    ...cassetteHead,
    ...{ recordedAt: "2026-11-28T12:00:00.000Z", goal: "x", start: { tree: "", files: {} } },
    tasks: [{ role: "backend", ...task, ...change }],
    end: { state, failure: null, tree: "t" },
    secretsLeftOut: 0,
  }
}

const ran = (stdout: string) => recording([answer(0), shown(1, "run_command", { stdout })])

test("the same run departs nowhere", () => {
  expect(departures(ran("a"), ran("a"))).toEqual([])
})

test("what a call answered is shown around the first line that differs", () => {
  const [only, ...more] = departures(ran("a"), ran("b"))
  expect(more).toEqual([])
  expect(only).toMatchObject({ task: "Build", call: 2, what: "what run_command answered" })
  expect(only?.expected).toContain('"stdout": "a"')
  expect(only?.got).toContain('"stdout": "b"')
  expect(inWords(only ?? { what: "", expected: "", got: "" })).toMatch(
    /^“Build”, call 2, what run_command answered\n {2}recorded:\n/,
  )
})

test("where another call stands the task is not compared further, and its end still is", () => {
  const before = recording([answer(0), shown(1, "write_file", 1), shown(2, "start_app", 1)])
  const now = recording([answer(0), answer(1), shown(2, "start_app", 2)], {
    ...{ state: "failed", evidence: "It did not start." },
  })
  expect(departures(before, now)).toEqual([
    {
      ...{ task: "Build", call: 2, what: "what was called" },
      ...{ expected: "write_file (c1)", got: "an answer of the model" },
    },
    {
      ...{ task: "Build", what: "how the task ended" },
      ...{ expected: "succeeded", got: "failed: It did not start." },
    },
  ])
})

test("a run that goes on, a plan that is another, and other files are departures", () => {
  const before = recording([answer(0)])
  const more = recording([answer(0), answer(1)])
  expect(departures(before, more)[0]).toMatchObject({ call: 2, expected: "nothing more" })
  expect(departures(before, { ...before, tasks: [] })[0]?.got).toBe("no such task")
  expect(departures({ ...before, tasks: [] }, before)[0]?.expected).toBe("no such task")
  const other = { ...before, end: { ...before.end, tree: "u" } }
  expect(departures(before, other)).toEqual([
    { what: "the files it left", expected: "t", got: "u" },
  ])
  const secret = { ...before, end: { ...before.end, tree: null } }
  expect(departures(secret, before)).toEqual([])
})

test.each([
  ["durations", { durationMs: 5 }, { durationMs: 7 }],
  ["durations of tests", "✔ adds (12.5ms)\nduration_ms 15.2", "✔ adds (9ms)\nduration_ms 1"],
  ["commits", "a".repeat(40), "b".repeat(40)],
  [
    "free ports",
    "listens on port 4001, http://127.0.0.1:4001/",
    "listens on port 99, http://127.0.0.1:99/",
  ],
  ["moments", "at 2026-11-28T12:00:00.000Z", "at 2027-01-02T03:04:05Z"],
  ["moments as numbers", { at: 1_790_000_000_000 }, { at: 1_790_000_000_001 }],
  [
    "looks",
    { passed: true, evidence: "Nobody looked at the page in a browser. None here.", looks: [] },
    { passed: true, evidence: "Loaded in a browser: /, 375 px wide.", looks: [{ picture: "a" }] },
  ],
  [
    "starts before the last",
    "[started at 2026-11-28T12:00:00.000Z]\nready\n",
    "[started at 2026-11-28T12:00:00.000Z]\nfirst\n[started at 2026-11-28T12:01:00.000Z]\nready\n",
  ],
  [
    "headers of time and chance",
    { date: "x", "set-cookie": "a" },
    { date: "y", "set-cookie": "b" },
  ],
])("%s may differ", (_, one, other) => {
  expect(comparable(one)).toEqual(comparable(other))
})

test("counts, statuses and texts may not", () => {
  for (const [one, other] of [
    [{ status: 200 }, { status: 404 }],
    ["tests 9", "tests 8"],
    [
      [1, 2],
      [1, 2, 3],
    ],
  ]) {
    expect(comparable(one)).not.toEqual(comparable(other))
  }
})
