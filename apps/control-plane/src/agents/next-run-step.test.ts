import { runStates, taskStates } from "@vibecaas/contract/kinds/agents"
import fc from "fast-check"
import { expect, test } from "vitest"
import { nextRunStep, type RunStep, type SeenRun } from "./next-run-step.ts"
import type { RunRow } from "./run.ts"
import { endedTaskStates, type TaskRow } from "./task.ts"

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
  }),
  tasks: graph as fc.Arbitrary<TaskRow[]>,
  going: fc.boolean(),
})
type World = { run: Pick<RunRow, "state" | "wanted">; tasks: TaskRow[]; going: boolean }

const next = ({ run, ...seen }: World) => nextRunStep(run as RunRow, seen satisfies SeenRun)

/** What a step does to the rows; undefined when they are gone. */
function taken({ run, tasks, going }: World, step: RunStep): World | undefined {
  switch (step.do) {
    case "ask-to-stop":
      return { run: { ...run, wanted: "cancelled" }, tasks, going }
    case "end-waiting":
      return {
        run,
        tasks: tasks.map((t) => (step.ids.includes(t.id) ? { ...t, state: step.as } : t)),
        going,
      }
    case "plan":
      return { run: { ...run, state: "planning" }, tasks, going }
    case "take-plan":
      return { run: { ...run, state: "running" }, tasks, going }
    case "finish":
      return { run: { ...run, state: step.state }, tasks, going }
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

test("only tasks that wait are ended, and nothing that ended begins again", () => {
  fc.assert(
    fc.property(world, (from) => {
      const after = settled(from).world?.tasks ?? from.tasks
      for (const [index, { state }] of from.tasks.entries()) {
        if (state !== "waiting") expect(after[index]?.state).toBe(state)
      }
    }),
  )
})

test("a run that is to stop wakes whoever works, and ends when nobody does", () => {
  fc.assert(
    fc.property(world, (from) => {
      const run = { state: "running", wanted: "cancelled" } as const
      const { world: end } = settled({ ...from, run, going: false })
      const active = end?.tasks.filter(({ state }) => !endedTaskStates.includes(state)) ?? []
      expect(end?.run.state).toBe(active.length > 0 ? "running" : "cancelled")
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
