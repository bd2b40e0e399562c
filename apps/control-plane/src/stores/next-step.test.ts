import { storeStates, storeWorks } from "@vibecaas/contract/store-states"
import fc from "fast-check"
import { expect, test } from "vitest"
import { nextStep, repairsMax, type SeenStore, type Step, type World } from "./next-step.ts"
import { type StepRow, type StoreRow, stepsOf, type WorkRow } from "./store.ts"

const start = new Date("2026-03-02T10:00:00Z")

const row = (set: Partial<StoreRow> = {}): StoreRow =>
  ({
    ...({
      id: "sto_1",
      wanted: "running",
      state: "ready",
      workId: null,
      finalBackup: false,
    } as const),
    ...({
      leftovers: [],
      tornAt: null,
      settingsWanted: 1,
      settingsApplied: 1,
      repairs: 0,
    } as const),
    ...({ repairedAt: null, backupEveryHours: null, backedUpAt: null, probedAt: start } as const),
    ...({ drillEveryDays: null, drilledAt: null } as const),
    ...({ probeWanted: 0, probed: 0, createdAt: start, position: null } as const),
    ...set,
  }) as StoreRow // what the rule reads

const still = { starting: false, waiting: false, resting: false, ended: false, drift: [] }
const well: World = { ...still, exists: true, well: true, up: true }
const nowhere: World = { ...still, exists: false, well: false, up: false }
const resting: World = { ...well, well: false, up: false, resting: true }
const seen = (set: Partial<SeenStore> = {}): SeenStore => ({
  ...{ ownerGoing: false, closed: false, work: undefined, queue: undefined, world: well },
  ...set,
})
const work = (set: Partial<WorkRow> = {}): WorkRow =>
  ({ id: "swk_1", work: "provision", cancelWanted: false, startedAt: start, ...set }) as WorkRow
const stepRow = (step: StepRow["step"], set: Partial<StepRow> = {}): StepRow =>
  ({ step, tries: 0, startedAt: start, endedAt: null, done: false, ...set }) as StepRow

test("a store that waits is told its place, and begins once it was let in", () => {
  const waiting = { row: work({ startedAt: null }), steps: [] }
  const asked = row({ state: "requested" })
  const step = (queue: SeenStore["queue"], of = asked) =>
    nextStep(of, seen({ work: waiting, queue, world: nowhere }), start)
  expect(step(3)).toEqual({ do: "record-queued", position: 3 })
  expect(step(3, row({ state: "queued", position: 3 }))).toMatchObject({ do: "rest" })
  expect(step("admitted")).toEqual({ do: "begin-work" })
})

test("making takes ten minutes of work at most; what waits in the queue has not begun", () => {
  const late = new Date(start.getTime() + 10 * 60_000)
  const begun = { row: work(), steps: [] }
  expect(nextStep(row({ state: "provisioning" }), seen({ work: begun }), late)).toEqual({
    do: "time-out",
  })
  const waiting = { row: work({ startedAt: null }), steps: [] }
  const queued = row({ state: "queued", position: 2 })
  expect(nextStep(queued, seen({ work: waiting, queue: 2 }), late)).toMatchObject({ do: "rest" })
})

test("a step whose process died is taken again; one that failed is waited for first", () => {
  const of = (steps: StepRow[]) =>
    nextStep(
      row({ state: "provisioning" }),
      seen({ work: { row: work(), steps }, world: nowhere }),
      start,
    )
  expect(of([stepRow("prepare")])).toEqual({ do: "work", step: "prepare" })
  expect(of([stepRow("prepare", { endedAt: start, tries: 1 })])).toMatchObject({
    do: "rest",
    afterMs: 500,
  })
})

test("a store of a closed organization stops, and starts once that is open again", () => {
  const closed = (world: World) => seen({ closed: true, world })
  const down = { ...well, well: false, up: false }
  expect(nextStep(row(), closed(well), start)).toEqual({ do: "stop" })
  const stopped = row({ state: "stopped" })
  expect(nextStep(stopped, closed(down), start)).toMatchObject({ do: "rest" })
  expect(nextStep(stopped, seen({ world: down }), start)).toEqual({ do: "begin-start" })
})

test("repairs that do not help end, each later than the one before", () => {
  const broken = seen({ world: { ...well, well: false, ended: true } })
  expect(nextStep(row(), broken, start)).toMatchObject({ do: "repair" })
  expect(nextStep(row({ repairs: 1, repairedAt: start }), broken, start)).toMatchObject({
    do: "rest",
  })
  const later = new Date(start.getTime() + 60_000)
  const tried = row({ repairs: repairsMax, repairedAt: start })
  expect(nextStep(tried, broken, later)).toEqual({ do: "give-up-repair" })
})

test("what rests is started and not repaired; what waits for its turn asks again in a second", () => {
  expect(nextStep(row(), seen({ world: resting }), start)).toEqual({ do: "resume" })
  const waits = seen({ world: { ...well, well: false, waiting: true } })
  const asked = row({ repairs: 1, repairedAt: start })
  expect(nextStep(asked, waits, start)).toEqual({ do: "rest", afterMs: 1000 })
  const later = new Date(start.getTime() + 1000)
  expect(nextStep({ ...asked, repairs: repairsMax }, waits, later)).toEqual({ do: "resume" })
})

const anyWork = fc.constantFrom(...(Object.keys(storeWorks) as WorkRow["work"][]))
const anyRow = fc.record({
  wanted: fc.constantFrom<StoreRow["wanted"]>("running", "stopped", "gone"),
  state: fc.constantFrom(...storeStates),
  finalBackup: fc.boolean(),
  settingsWanted: fc.integer({ min: 1, max: 2 }),
  repairs: fc.integer({ min: 0, max: repairsMax }),
  probeWanted: fc.integer({ min: 0, max: 1 }),
})

test("from any row and world, steps that succeed lead to what is wanted, and then there is rest", () => {
  fc.assert(
    fc.property(
      fc.record({
        set: anyRow,
        kind: fc.option(anyWork),
        cancelled: fc.boolean(),
        world: fc.constantFrom(well, nowhere, resting),
      }),
      ({ set, kind, cancelled, world }) => {
        // Without a work a store is where works end.
        const lasting = set.wanted === "stopped" ? "stopped" : "ready"
        const isLasting = kind !== null || set.state === "failed"
        const model = new Model(
          isLasting ? set : { ...set, state: lasting },
          kind === null
            ? undefined
            : work({ work: kind, cancelWanted: cancelled, startedAt: null }),
          world,
        )
        for (let turn = 0; turn < 60 && !model.gone; turn++) {
          const step = nextStep(model.row, model.seen(), model.now)
          if (step.do === "rest") model.pass(step.afterMs ?? 0)
          else model.take(step)
        }
        if (set.wanted === "gone") {
          expect(model.gone).toBe(true)
          return
        }
        expect(model.work).toBeUndefined()
        const after = nextStep(model.row, model.seen(), model.now)
        expect(after).toMatchObject({ do: "rest" })
        if (model.row.state === "failed") return
        expect(model.row.state).toBe(model.row.wanted === "stopped" ? "stopped" : "ready")
        expect(model.world.well).toBe(model.row.wanted === "running")
      },
    ),
    { numRuns: 400 },
  )
})

/** What each step does when it succeeds. */
class Model {
  row: StoreRow
  work: WorkRow | undefined
  world: World
  now = start
  gone = false
  #steps: StepRow[] = []

  constructor(set: Partial<StoreRow>, ongoing: WorkRow | undefined, world: World) {
    this.row = row(set)
    this.work = ongoing
    this.world = world
  }
  seen(): SeenStore {
    return seen({
      work: this.work && { row: this.work, steps: this.#steps },
      queue: this.work ? "admitted" : undefined,
      world: this.world,
    })
  }
  pass(ms: number) {
    this.now = new Date(this.now.getTime() + ms)
  }
  #set(set: Partial<StoreRow>) {
    this.row = { ...this.row, ...set }
  }
  #end(set: Partial<StoreRow>) {
    this.work = undefined
    this.#steps = []
    this.#set({ ...set, repairs: 0, probedAt: this.now })
  }
  take(step: Step) {
    const rests = this.row.wanted === "stopped" ? "stopped" : "ready"
    const takes: Record<Step["do"], () => void> = {
      follow: () => this.#set({ wanted: "gone" }),
      "begin-deleting": () => this.#end({ state: "deleting", tornAt: null }),
      "final-backup": () => this.#set({ finalBackup: false }),
      destroy: () => {
        this.world = nowhere
        this.#set({ tornAt: this.now, leftovers: [] })
      },
      remove: () => {
        this.gone = true
      },
      "record-queued": () => this.#set({ state: "queued" }),
      "begin-work": () => {
        if (this.work) this.work = { ...this.work, startedAt: this.now }
      },
      "cancel-work": () => this.#end({ state: "failed" }),
      "time-out": () => this.#end({ state: "failed" }),
      work: () => {
        if (step.do !== "work") return
        if (step.step === "start") this.world = well
        if (step.step === "halt") this.world = resting
        this.#steps = [
          ...this.#steps.filter((each) => each.step !== step.step),
          stepRow(step.step, { done: true }),
        ]
      },
      "end-step": () => {},
      "finish-work": () => {
        expect(this.#steps.map((each) => each.step)).toEqual(this.work && stepsOf(this.work))
        this.#end({ state: rests, settingsApplied: this.row.settingsWanted })
      },
      stop: () => {
        this.world = resting
        this.#set({ state: "stopped" })
      },
      apply: () => this.#set({ settingsApplied: this.row.settingsWanted }),
      resume: () => {
        this.world = well
        this.#set({ repairs: 1, repairedAt: this.now })
      },
      repair: () => {
        this.world = well
        this.#set({ repairs: this.row.repairs + 1, repairedAt: this.now })
      },
      "give-up-repair": () => this.#set({ state: "failed" }),
      "record-well": () => this.#set({ repairs: 0, state: "ready" }),
      probe: () => this.#set({ probed: this.row.probeWanted, probedAt: this.now }),
      "begin-start": () => this.#set({ state: "ready" }),
      "begin-backup": () => this.#set({ backedUpAt: this.now }),
      "begin-drill": () => this.#set({ drilledAt: this.now }),
    }
    takes[step.do]()
  }
}
