import { text } from "node:stream/consumers"
import type { IdOf } from "@vibecaas/contract/kinds"
import { z } from "zod"
import {
  type Cassette,
  type CassetteCall,
  type CassetteTask,
  readCassette,
} from "../src/agents/cassettes/cassette.ts"
import { recordRun } from "../src/agents/cassettes/record-run.ts"
import { insertStep, listTaskSteps } from "../src/agents/queries/steps.ts"
import { listTasks } from "../src/agents/queries/tasks.ts"
import { makePlayer } from "../src/agents/simulators/player.ts"
import { unmeasured } from "../src/agents/step.ts"
import {
  type AgentsWorld,
  agentsWorld,
  type WorldOptions,
} from "../src/agents/testing/agents-world.ts"
import { makeDriver } from "../src/agents/testing/drive-loops.ts"
import { defaultBudgets } from "../src/agents/work/budget.ts"
import { outsidePrefix } from "../src/agents/work/outside.ts"
import { createProject } from "../src/projects/index.ts"
import { beginAgain } from "./begin-again.ts"
import { type Departure, departures } from "./departures.ts"
import { recordedModels } from "./recorded-models.ts"

export interface ReplayOptions {
  /** take what tools and checks showed from the recording, but for what changes files */
  recordedTools?: boolean
}

/** A world in which these runs can happen again: real rows, git and machines, recorded models. */
export function replayWorld(
  cassettes: readonly Cassette[],
  options: Omit<WorldOptions, "models" | "budgets">,
): Promise<AgentsWorld> {
  // A failure that was recorded is one answer: nobody waits for a server that is not there.
  const call = { ...defaultBudgets.call, attemptsMax: 1, patienceMsMax: 0 }
  const models = recordedModels(makePlayer(cassettes))
  return agentsWorld({ ...options, models, budgets: { ...defaultBudgets, call } })
}

/** Lets a recorded run happen again, on a project of its own; answers what would be recorded of it. */
export async function replayRun(
  world: AgentsWorld,
  cassette: Cassette,
  options: ReplayOptions = {},
): Promise<Cassette> {
  const preview = "private" as const
  const project = await world.act((ctx) => createProject(ctx, { name: "Replay", preview }))
  await layFiles(world, project.id, cassette)
  const runId = await beginAgain(world, project.id, cassette)
  const seed = seeding(world, runId, { cassette, given: givenBy(options) })
  const settle = () => settleSeeded(world, seed)
  await settle()
  for (let again = 0; again < retriesIn(cassette); again++) {
    await world.retry(runId)
    await settle()
  }
  return recordingOf(world, runId)
}

/** What would be downloaded of a run that has ended. */
export async function recordingOf(world: AgentsWorld, runId: IdOf<"run">): Promise<Cassette> {
  const { pieces } = await world.act((ctx) => recordRun(ctx, world.repositories, runId))
  return readCassette(await text(pieces))
}

/** Where a run went another way than it was recorded. */
export function departuresOf(
  recorded: Cassette,
  played: Cassette,
  options: ReplayOptions = {},
): Departure[] {
  const given = givenBy(options)
  return departures(without(recorded, given), without(played, given))
}

function settleSeeded(world: AgentsWorld, seed: () => Promise<void>): Promise<void> {
  const loops = world.agents.loops.map((loop) =>
    loop.name !== "tasks"
      ? loop
      : {
          ...loop,
          due: async (signal: AbortSignal) => {
            await seed()
            return loop.due(signal)
          },
        },
  )
  return makeDriver(world.db.adminPool).settle(loops)
}

export async function layFiles(
  { repositories }: AgentsWorld,
  projectId: IdOf<"project">,
  { start }: Cassette,
): Promise<void> {
  const changes = Object.entries(start.files).map(([path, file]) => ({
    path,
    content: typeof file === "string" ? Buffer.from(file) : Buffer.from(file.base64, "base64"),
  }))
  if (changes.length === 0) return
  const author = "Recording"
  const message = "The files that the run began with"
  await repositories.of(projectId).commit({ parent: null, message, author, changes })
}

/** How often somebody had tried the run again: a conversation that begins anew says so. */
function retriesIn({ tasks }: Cassette): number {
  const begun = tasks.map(({ calls }) => {
    const first = calls.filter((call) => call.kind === "model" && call.messages === 2)
    return new Set(first.map((call) => call.try)).size
  })
  return Math.max(1, ...begun) - 1
}

/** Writes what calls showed into the journals of tasks before they begin: they are not made again. */
function seeding(
  world: AgentsWorld,
  runId: IdOf<"run">,
  { cassette, given }: { cassette: Cassette; given: Given },
): () => Promise<void> {
  return () =>
    world.act(async (ctx) => {
      const { organizationId } = ctx
      for (const task of await listTasks(ctx.db, [runId])) {
        const recorded = cassette.tasks[task.position]
        const begun = (await listTaskSteps(ctx.db, task.id, 0)).length > 0
        if (!recorded || begun) continue
        for (const call of recorded.calls.filter(given(recorded))) {
          const { try: tryNumber, key: callKey, kind, name, ok, output } = call
          await insertStep(ctx.db, {
            ...{ id: ctx.newId("stp"), organizationId, runId, taskId: task.id },
            ...{ tryNumber, callKey, kind, name, ok, output },
            ...{ input: null, title: `${name}, as recorded`, truncated: false },
            ...{ commitAfter: null, linesAdded: null, linesRemoved: null, cost: null },
            ...unmeasured,
            ...{ startedAt: ctx.clock.now(), durationMs: 0 },
          })
        }
      }
    })
}

type Shown = Exclude<CassetteCall, { kind: "model" }>

/** Which calls of a task are taken from the recording. */
type Given = (task: CassetteTask) => (call: CassetteCall) => call is Shown

/** What people said, and servers outside answered, is always taken: nobody is there to say it again. */
const givenBy =
  ({ recordedTools = false }: ReplayOptions): Given =>
  (task) =>
  (call): call is Shown =>
    call.kind !== "model" && (isFromOutside(call) || (recordedTools && onlyLooks(task, call)))

const isFromOutside = ({ kind, name }: Shown) =>
  kind === "message" || name === "ask_user" || name.startsWith(outsidePrefix)

/** Who plans, and who changes files, does so again. */
const onlyLooks = ({ role }: CassetteTask, { output }: Shown) =>
  role !== "planning" && !changed.safeParse(output).success

const changed = z.object({ changed: z.array(z.string()).min(1) })

function without(cassette: Cassette, given: Given): Cassette {
  const tasks = cassette.tasks.map((task) => {
    const isGiven = given(task)
    return { ...task, calls: task.calls.filter((call) => !isGiven(call)) }
  })
  return { ...cassette, tasks }
}
