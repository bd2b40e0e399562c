import { comparisonStates } from "@vibecaas/contract/comparison"
import { runStates } from "@vibecaas/contract/kinds/agents"
import fc from "fast-check"
import { expect, test } from "vitest"
import { unfinishedRunStates } from "../run.ts"
import { type ComparisonRow, isProved } from "./comparison.ts"
import {
  type Candidate,
  type ComparisonStep,
  nextComparisonStep,
  type SeenComparison,
} from "./next-comparison-step.ts"

type Row = Pick<ComparisonRow, "state" | "wanted" | "chosen" | "base" | "liveBefore" | "failure">
interface World extends SeenComparison {
  row: Row
}

const candidate = (id: `run_${number}`, number: number): fc.Arbitrary<Candidate> =>
  fc.record({
    ...{ id: fc.constant(id), number: fc.constant(number) },
    state: fc.constantFrom(...runStates),
    wanted: fc.constantFrom("finished", "cancelled"),
    provedAt: fc.constantFrom(null, new Date(0)),
    chosen: fc.constant(false),
    commit: fc.constantFrom(null, `c${number}`),
    failure: fc.constantFrom(null, "It fell."),
  })
const world: fc.Arbitrary<World> = fc.record({
  row: fc.record({
    state: fc.constantFrom(...comparisonStates),
    wanted: fc.constantFrom("decided", "cancelled"),
    chosen: fc.constantFrom(null, "run_1", "run_2"),
    ...{ base: fc.constantFrom(null, "b"), liveBefore: fc.constantFrom(null, "b") },
    failure: fc.constant(null),
  }),
  candidates: fc.tuple(candidate("run_1", 1), candidate("run_2", 2)),
  head: fc.constantFrom(null, "b", "c1", "c2", "else"),
  live: fc.constantFrom(null, "b", "else"),
  going: fc.boolean(),
})
/** As requests leave it: whoever chooses does so while it is open. */
const open = world.map((from): World => {
  const state = from.row.chosen === null ? "running" : "promoting"
  const wanted = from.row.chosen === null ? from.row.wanted : "decided"
  return { ...from, row: { ...from.row, state, wanted }, going: false }
})

const next = ({ row, ...seen }: World) => nextComparisonStep(row as ComparisonRow, seen)

function withCandidate(from: World, id: string, set: Partial<Candidate>): World {
  const candidates = from.candidates.map((each) => (each.id === id ? { ...each, ...set } : each))
  return { ...from, candidates }
}

/** What a step does to the world; undefined when the row is gone. */
function taken(from: World, step: ComparisonStep): World | undefined {
  const withRow = (set: Partial<Row>): World => ({ ...from, row: { ...from.row, ...set } })
  switch (step.do) {
    case "observe":
      return withRow({ state: step.state })
    case "stop":
      return step.ids.reduce((now, id) => withCandidate(now, id, { wanted: "cancelled" }), from)
    case "bring":
    case "take-back":
      return { ...from, head: from.head === step.from ? step.commit : from.head }
    case "release":
      return withCandidate(from, step.id, { chosen: true })
    case "unchoose":
      return withRow({ state: "running", chosen: null, failure: step.why })
    case "finish":
      return withRow({ state: step.state, failure: step.failure })
    case "tear-down":
      return undefined
  }
}

function settled(from: World): { world: World | undefined; steps: ComparisonStep[] } {
  let now: World | undefined = from
  for (const steps: ComparisonStep[] = []; now; ) {
    if (steps.length > 16) throw new Error("it never rests")
    const step = next(now)
    if (step.do === "rest") return { world: now, steps }
    steps.push(step)
    now = taken(now, step)
  }
  return { world: undefined, steps: [] }
}

test("from any rows a comparison comes to rest in a few steps, and stays there", () => {
  fc.assert(
    fc.property(world, (from) => {
      const { world: end } = settled(from)
      if (end) expect(settled(end).steps).toEqual([])
    }),
  )
})

test("others are stopped only once people have the chosen one, or when nobody wants any", () => {
  fc.assert(
    fc.property(open, (from) => {
      const { steps } = settled(from)
      const had = from.candidates.find(({ id }) => id === from.row.chosen)
      const has = had?.commit && (had.state === "succeeded" || had.state === "partly")
      const stops = steps.some((step) => step.do === "stop")
      if (stops && !has) expect(from.row.wanted).toBe("cancelled")
      if (!has) expect(steps).not.toContainEqual(expect.objectContaining({ state: "promoted" }))
    }),
  )
})

test("the project's files become a candidate's only from where it began, and go back if it fails", () => {
  fc.assert(
    fc.property(open, (from) => {
      const { world: end, steps } = settled(from)
      const brought = steps.find((step) => step.do === "bring")
      if (brought) expect([from.head, from.live]).toEqual([from.row.base, from.row.liveBefore])
      const chosen = from.candidates.find(({ id }) => id === from.row.chosen)
      const fell = chosen?.commit && ["failed", "cancelled"].includes(chosen.state)
      if (fell && from.head === chosen?.commit) expect(end?.head).toBe(from.row.base)
      if (from.head === "else") expect(end?.head).toBe("else")
    }),
  )
})

test("a person is asked once every candidate that is open is proved, and it fails when none is open", () => {
  fc.assert(
    fc.property(open, (from) => {
      const row = { ...from.row, chosen: null, wanted: "decided", state: "running" } as const
      const { world: end } = settled({ ...from, row })
      const unfinished = from.candidates.filter(({ state }) => unfinishedRunStates.includes(state))
      if (unfinished.length === 0) expect(end?.row.state).toBe("failed")
      else expect(end?.row.state).toBe(unfinished.every(isProved) ? "deciding" : "running")
    }),
  )
})

test("of a project that is to go a comparison is left only while its candidates are", () => {
  fc.assert(
    fc.property(world, (from) => {
      expect(settled({ ...from, going: true }).world).toBeDefined()
      expect(settled({ ...from, candidates: [], going: true }).world).toBeUndefined()
    }),
  )
})
