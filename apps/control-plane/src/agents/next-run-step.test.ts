import type { Clause } from "@vibecaas/contract/goal"
import { runStates, taskStates } from "@vibecaas/contract/kinds/agents"
import fc from "fast-check"
import { expect, test } from "vitest"
import type { Accounted } from "./account.ts"
import { type Leave, nextRunStep, type RunStep, type SeenRun } from "./next-run-step.ts"
import type { RunRow } from "./run.ts"
import { endedTaskStates, idleTaskStates, type TaskRow } from "./task.ts"

const now = new Date("2026-01-01T12:00:00Z")

/** A graph without cycles: each task builds only on earlier ones. */
const graph = fc
  .array(fc.record({ state: fc.constantFrom(...taskStates), on: fc.array(fc.nat(5)) }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((nodes) =>
    nodes.map(({ state, on }, index) => {
      const dependsOn = on.filter((each) => each < index).map((each) => `tsk_${each}`)
      return { id: `tsk_${index}`, position: index, state, dependsOn, evidence: null } as never
    }),
  )
const world = fc.record({
  run: fc.record({
    state: fc.constantFrom(...runStates),
    wanted: fc.constantFrom("finished" as const, "cancelled" as const),
    commit: fc.constantFrom(null, "c1"),
    comparisonId: fc.constantFrom(null, "cmp_1" as const),
    provedAt: fc.constantFrom(null, new Date(0)),
    chosen: fc.boolean(),
    clauses: fc.constantFrom<Clause[]>([], [{ words: "a page", state: "planned", why: null }]),
  }),
  accounts: fc.constantFrom<Accounted[]>([], [{ words: "a page", state: "built", why: "Seen." }]),
  messages: fc.constantFrom<string[]>([], ["a page"], ["wider, thanks"]),
  promotion: fc.constantFrom<SeenRun["promotion"]>(
    undefined,
    { is: "under way" },
    { is: "done" },
    { is: "failed", why: "It fell." },
  ),
  leave: fc.constantFrom<Leave>("given", "unasked", "asked", { refused: "Mara decided: no." }),
  draftUntil: fc.constantFrom(undefined, new Date(now.getTime() + 60_000), now),
  tasks: graph as fc.Arbitrary<TaskRow[]>,
  going: fc.boolean(),
})
type World = Omit<SeenRun, "tasks"> & {
  run: Pick<
    RunRow,
    "state" | "wanted" | "commit" | "clauses" | "comparisonId" | "provedAt" | "chosen"
  >
  tasks: TaskRow[]
}

const next = ({ run, ...seen }: World) => nextRunStep(run as RunRow, seen satisfies SeenRun, now)

/** What a step does to the rows; undefined when they are gone. */
function taken(before: World, step: RunStep): World | undefined {
  const { run, tasks } = before
  switch (step.do) {
    case "ask-to-stop":
      return { ...before, run: { ...run, wanted: "cancelled" } }
    case "end-waiting":
      return {
        ...before,
        tasks: tasks.map((t) => (step.ids.includes(t.id) ? { ...t, state: step.as } : t)),
      }
    case "plan":
      return { ...before, run: { ...run, state: "planning" } }
    case "take-plan":
      return { ...before, run: { ...run, state: "running" } }
    case "stop-draft":
      return { ...before, draftUntil: undefined }
    case "prove":
      return { ...before, run: { ...run, provedAt: new Date(0), clauses: step.clauses } }
    case "ask-leave":
      return { ...before, leave: "asked" }
    case "promote":
      return { ...before, promotion: { is: "under way" } }
    case "finish":
      return { ...before, run: { ...run, state: step.state } }
    case "tear-down":
      return undefined
  }
}

/** Steps until there is rest or nothing left. */
function settled(from: World): { world: World | undefined; steps: number } {
  let now: World | undefined = from
  for (let steps = 0; now; steps++) {
    if (steps > 16) throw new Error("it never rests")
    const step = next(now)
    if (step.do === "rest") return { world: now, steps }
    now = taken(now, step)
  }
  return { world: undefined, steps: 0 }
}

test("from any rows a run comes to rest in a few steps, and stays there", () => {
  fc.assert(
    fc.property(world, (from) => {
      const { world: end } = settled(from)
      if (end) expect(settled(end).steps).toBe(0)
    }),
  )
})

test("only tasks that nobody works on are ended, and nothing that ended begins again", () => {
  fc.assert(
    fc.property(world, (from) => {
      const after = settled(from).world?.tasks ?? from.tasks
      for (const [index, { state }] of from.tasks.entries()) {
        if (!idleTaskStates.includes(state)) expect(after[index]?.state).toBe(state)
      }
    }),
  )
})

test("a run that is to stop wakes whoever works, and ends when nobody does", () => {
  fc.assert(
    fc.property(world, (from) => {
      const run = { ...from.run, state: "running", wanted: "cancelled", commit: null } as const
      const { world: end } = settled({ ...from, run, going: false })
      const active = end?.tasks.filter(({ state }) => !endedTaskStates.includes(state)) ?? []
      expect(end?.run.state).toBe(active.length > 0 ? "running" : "cancelled")
    }),
  )
})

test("while a task asks, its run neither ends nor lets anybody work on it", () => {
  fc.assert(
    fc.property(world, (from) => {
      const tasks = from.tasks.map((task, at) => (at === 0 ? { ...task, state: "asking" } : task))
      const run = { ...from.run, state: "running", wanted: "finished" } as const
      const end = settled({ ...from, run, tasks: tasks as TaskRow[], going: false }).world
      expect(end?.run.state).toBe("running")
      expect(end?.tasks[0]?.state).toBe("asking")
      const rest = end && next(end)
      const woken = rest?.do === "rest" ? (rest.wake ?? []) : []
      expect(woken.map(({ id }) => id)).not.toContain(tasks[0]?.id)
    }),
  )
})

test("while a run waits for a person its draft is stopped once that is due, and looked at by then", () => {
  fc.assert(
    fc.property(world, (from) => {
      const tasks = from.tasks.map((task, at) => (at === 0 ? { ...task, state: "asking" } : task))
      const run = { ...from.run, state: "running", wanted: "finished" } as const
      const end = settled({ ...from, run, tasks: tasks as TaskRow[], going: false }).world
      const rest = end && next(end)
      if (!from.draftUntil || from.draftUntil <= now) expect(end?.draftUntil).toBeUndefined()
      else expect(rest).toMatchObject({ do: "rest", afterMs: 60_000 })
    }),
  )
})

test("of a project that is to go no run is left once nobody works on it", () => {
  fc.assert(
    fc.property(world, (from) => {
      const idle = from.tasks.map((task) => ({ ...task, state: "waiting" as const }))
      expect(settled({ ...from, tasks: idle, going: true }).world).toBeUndefined()
    }),
  )
})

test("a run that changed something succeeds only once people have it", () => {
  fc.assert(
    fc.property(world, (from) => {
      const run = { ...from.run, state: "running", wanted: "finished", commit: "c1" } as const
      const { world: end } = settled({ ...from, run, going: false })
      const state = end?.run.state ?? "failed"
      if (["succeeded", "partly"].includes(state)) expect(end?.promotion).toEqual({ is: "done" })
      if (from.promotion === undefined && from.leave !== "given") {
        expect(end?.promotion).toBeUndefined()
      }
    }),
  )
})

test("a candidate that changed something is promoted only once it was chosen", () => {
  fc.assert(
    fc.property(world, (from) => {
      const candidate = { comparisonId: "cmp_1", chosen: false, commit: "c1" } as const
      const run = { ...from.run, ...candidate, state: "running", wanted: "finished" } as const
      const { world: end } = settled({ ...from, run, promotion: undefined, going: false })
      expect(end?.promotion).toBeUndefined()
      const done = end?.tasks.every(({ state }) => state === "succeeded")
      if (done) expect(end?.run).toMatchObject({ state: "running", provedAt: expect.any(Date) })
      if (end && done) expect(next(end)).toMatchObject({ wake: [{ id: "cmp_1" }] })
    }),
  )
})

test("a run succeeds only when each wish, of messages too, is accounted for as built", () => {
  fc.assert(
    fc.property(world, (from) => {
      const run = { ...from.run, state: "running", wanted: "finished" } as const
      const { world: end } = settled({ ...from, run, going: false })
      const heard = from.messages.every((text) => text === "a page" && from.accounts.length > 0)
      const proved = heard && (run.clauses.length === 0 || from.accounts.length > 0)
      if (end?.run.state === "succeeded") expect(proved).toBe(true)
      if (end?.run.state === "partly") expect(proved).toBe(false)
    }),
  )
})
