import { fault } from "@vibecaas/kernel/fault"
import { bestEffort } from "@vibecaas/kernel/log"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../core/ctx.ts"
import { releaseHold } from "../core/holds.ts"
import { gone, inTurn } from "../core/resource.ts"
import { type Found, worldLoop } from "../core/resource-loop.ts"
import { dueRows } from "../db/named-functions.ts"
import {
  findMachine,
  type LiveMachine,
  type MachineRow,
  restsWithOrganization,
} from "../machines/index.ts"
import { needProject } from "../projects/index.ts"
import { announceGone } from "./announce.ts"
import type { AppRow } from "./app.ts"
import { appResource } from "./app-resource.ts"
import { bringFiles } from "./bring-files.ts"
import { shownBy } from "./follow-branch.ts"
import { givenTo } from "./given-to.ts"
import { failRelease } from "./go-back.ts"
import { memoryOf } from "./memory.ts"
import { nextStep, restartLimits, type SeenMachine, type Step, targetOf } from "./next-step.ts"
import { observe, observeIn } from "./observe.ts"
import type { AppsParts } from "./parts.ts"
import { beginPreparing, neededFor, recordPreparing, recordUnprepared } from "./prepare-app.ts"
import { deleteApp, markRelease } from "./queries.ts"
import {
  type AppTurn,
  giveUpApp,
  lookAtApp,
  recordCrash,
  recordListening,
  startApp,
} from "./run-app.ts"
import {
  beginSwitch,
  bringData,
  goBackFromEnd,
  restoreSnapshot,
  takeSnapshot,
  tryApp,
} from "./switch-app.ts"

type Seen = SeenMachine & { live: LiveMachine | undefined }

/** Brings apps to what their rows ask for, on machines that others start and stop. */
export function appLoop(parts: AppsParts): LoopDefinition {
  return worldLoop<AppRow, Seen, Step>(parts, {
    of: appResource,
    description: "Starts, watches and restarts apps in running machines",
    concurrency: 8,
    limits: { triesMax: 4, turnMsMax: 180_000 },
    due: () => dueRows(parts.database, "apps"),
    look: (row, turn) => look(parts, row, turn),
    next: nextStep,
    take: (step, found) => take(parts, step, found),
    async atRest({ row, seen }) {
      if (seen.live && row.state === "running") memoryOf(seen.live).appPort = row.port
    },
    ending: async (ctx, row) => (await machineFor(ctx, row)) === undefined,
    fail: async (ctx, row, { say, turn }) => {
      const [endedAt, restarts] = [ctx.clock.now(), restartLimits.restartsMax]
      await observeIn(ctx, turn, { state: "crashed", failure: say, endedAt, restarts })
      await failRelease(ctx, row.id, say)
    },
  })
}

/** The app's machine, as long as machine and project are to stay. */
async function machineFor(ctx: Ctx, row: AppRow): Promise<MachineRow | undefined> {
  if ((await needProject(ctx, row.projectId)).wanted === "gone") return undefined
  const machine = await findMachine(ctx.db, row.machineId)
  return machine?.wanted === "gone" ? undefined : machine
}

async function look(parts: AppsParts, row: AppRow, turn: Turn): Promise<Seen> {
  const { machine, rests } = await inTurn(parts, turn, async (ctx) => {
    const machine = await machineFor(ctx, row)
    return { machine, rests: machine && (await restsWithOrganization(ctx, machine)) }
  })
  if (!machine) return { machine: "gone", live: parts.live.get(row.machineId) }
  if (machine.wanted !== "running" || rests) return { machine: "stopped", live: undefined }
  const { state, failure } = machine
  if (state === "failed") return { machine: "failed", failure, live: undefined }
  const settled = state === "running" && machine.restarted >= machine.restartWanted
  const live = settled ? await parts.live.find(machine) : undefined
  if (!live) return { machine: "pending", live }
  const shows = await shownBy(parts, row)
  const prepared = await parts.packages.look({
    projectId: row.projectId,
    ...neededFor(targetOf(row, { shows })),
  })
  const secrets = await inTurn(parts, turn, (ctx) => parts.secrets.stamp(ctx, givenTo(row)))
  const app = await lookAtApp(live)
  return { machine: "up", app, prepared, secrets, live, ...(shows ? { shows } : {}) }
}

async function take(
  parts: AppsParts,
  step: Step,
  { turn, row, seen }: Found<AppRow, Seen>,
): Promise<void> {
  switch (step.do) {
    case "remove":
      return remove(parts, turn, { row, live: seen.live })
    case "record-stopped":
      return recordStopped(parts, turn, row)
    case "record-no-machine":
      return observe(parts, turn, {
        state: "crashed",
        failure: step.failure,
        startedAt: null,
        endedAt: parts.clock.now(),
      })
    case "record-lost":
      return observe(parts, turn, { state: "starting", startedAt: null, port: null })
    case "forget-crashes":
      return observe(parts, turn, { restarts: 0 })
    case "prepare":
      return beginPreparing(parts, { row, turn }, step)
    case "record-preparing":
      return recordPreparing(parts, { row, turn }, step.doing)
    case "record-unprepared":
      return recordUnprepared(parts, { row, turn }, step)
  }
  // The other steps are only chosen for a machine that was seen.
  if (!seen.live) throw fault("guest_lost", { say: "The machine is gone.", retryable: true })
  const app = { row, turn, machine: seen.live }
  return takeInMachine(parts, step, app)
}

type StepInMachine = Exclude<
  Step,
  {
    do:
      | "remove"
      | "prepare"
      | `record-${"stopped" | "no-machine" | "lost" | "preparing" | "unprepared"}`
      | "forget-crashes"
  }
>

function takeInMachine(parts: AppsParts, step: StepInMachine, app: AppTurn): Promise<void> {
  switch (step.do) {
    case "start-app":
      return startApp(parts, app, step)
    case "record-listening":
      return recordListening(parts, app)
    case "record-crash":
      return recordCrash(parts, app)
    case "give-up-app":
      return giveUpApp(parts, app)
    case "bring-files":
      return bringFiles(parts, app, step)
    case "begin-switch":
      return beginSwitch(parts, app)
    case "take-snapshot":
      return takeSnapshot(parts, app)
    case "bring-data":
      return bringData(parts, app)
    case "try-app":
      return tryApp(parts, app)
    case "go-back":
      return goBackFromEnd(parts, app)
    case "restore":
      return restoreSnapshot(parts, app)
  }
}

function recordStopped(parts: AppsParts, turn: Turn, { id }: AppRow): Promise<void> {
  return observe(parts, turn, {
    state: "stopped",
    startedAt: null,
    endedAt: null,
    port: null,
    exitCode: null,
    restarts: 0,
    failure: null,
    also: (ctx) => markRelease(ctx.db, id, { outcome: "stopped", endedAt: ctx.clock.now() }),
  })
}

async function remove(
  parts: AppsParts,
  turn: Turn,
  { row, live }: { row: AppRow; live: LiveMachine | undefined },
): Promise<void> {
  // Its machine goes too, most likely before us.
  if (live) await bestEffort(parts.log, "stop an app that is to go", () => live.guest.stopApp())
  const by = { loop: "apps", id: row.id } as const
  await inTurn(parts, turn, async (ctx) => {
    await gone(ctx, appResource, {
      row,
      held: { loop: "projects", id: row.projectId },
      remove: (inside) => deleteApp(inside.db, row.id),
    })
    announceGone(ctx, row)
    await releaseHold(ctx, { on: { loop: "machines", id: row.machineId }, by })
  })
}
