import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Verdict } from "@vibecaas/reconcile/limits"
import type { Turn } from "@vibecaas/reconcile/loop"
import { again, done, type Next } from "@vibecaas/reconcile/next"
import { needProject } from "../projects/index.ts"
import { boot, reboot, recordRunning, recordStopped, stop } from "./boot.ts"
import type { LiveMachine } from "./live-machines.ts"
import { meterMachine } from "./meter-machine.ts"
import type { MicrovmRow } from "./microvm.ts"
import { nextStep, type SeenMachine, type Step } from "./next-step.ts"
import { observe, observeIn } from "./observe.ts"
import { inTurn, type LoopParts } from "./parts.ts"
import { assertCurrent, findMicrovm, updateWanted } from "./queries.ts"
import {
  type AppTurn,
  giveUpApp,
  lookAtApp,
  recordCrash,
  recordListening,
  startApp,
  stopApp,
} from "./run-app.ts"
import { tearDown } from "./tear-down.ts"

/** A turn takes at most this many steps; more would be a circle. */
const stepsMax = 12

/**
 * Brings one machine and its app to what the row asks for, step by step, looking again at row and
 * world before each. No transaction is open while the machine is spoken to.
 */
export async function reconcileMicrovm(parts: LoopParts, turn: Turn): Promise<Next> {
  for (let steps = 0; steps < stepsMax; steps++) {
    turn.signal.throwIfAborted()
    const row = await readRow(parts, turn)
    if (!row) return done
    const machine = await parts.live.find(row)
    const step = nextStep(row, await look(machine), parts.clock.now())
    if (step.do === "rest") return rest(parts, turn, { row, machine, afterMs: step.afterMs })
    await take(parts, turn, { row, machine, step })
    if (step.do === "tear-down") return done
  }
  return again(1000)
}

/** The row; when its project is to go, so is the machine. */
function readRow(parts: LoopParts, turn: Turn): Promise<MicrovmRow | undefined> {
  return inTurn(parts, turn, async (ctx) => {
    const row = await findMicrovm(ctx.db, turn.key.id)
    if (!row || row.wanted === "gone") return row
    const project = await needProject(ctx, row.projectId)
    if (project.wanted === "present") return row
    await updateWanted(ctx.db, row.id, { wanted: "gone" })
    return { ...row, wanted: "gone" }
  })
}

async function look(machine: LiveMachine | undefined): Promise<SeenMachine> {
  return machine ? { alive: true, app: await lookAtApp(machine) } : { alive: false }
}

interface Found {
  row: MicrovmRow
  machine: LiveMachine | undefined
}

async function take(
  parts: LoopParts,
  turn: Turn,
  { row, machine, step }: Found & { step: Step },
): Promise<void> {
  switch (step.do) {
    case "tear-down":
      return tearDown(parts, turn, row)
    case "stop":
      return stop(parts, turn, row)
    case "record-stopped":
      return recordStopped(parts, turn, row)
    case "reboot":
      return reboot(parts, turn, row)
    case "boot":
      if (step.lost) turn.correction(`machine ${row.id} was gone`)
      return boot(parts, turn, row)
  }
  // Steps of the app are only chosen for a machine that was seen.
  if (!machine) throw fault("guest_lost", { say: "The machine is gone.", retryable: true })
  if (step.do === "record-running")
    return recordRunning(parts, turn, { row, machine, adopted: true })
  return takeAppStep(parts, { row, machine, turn }, step)
}

async function takeAppStep(parts: LoopParts, app: AppTurn, step: Step): Promise<void> {
  switch (step.do) {
    case "start-app":
      return startApp(parts, app, step.again)
    case "stop-app":
      return stopApp(parts, app)
    case "record-listening":
      return recordListening(parts, app)
    case "record-crash":
      return recordCrash(parts, app)
    case "give-up-app":
      return giveUpApp(parts, app)
    case "forget-crashes":
      return observe(parts, app.turn, { appRestarts: 0 })
  }
}

async function rest(
  parts: LoopParts,
  turn: Turn,
  { row, machine, afterMs }: Found & { afterMs: number | null },
): Promise<Next> {
  if (machine && row.state === "running") {
    if (row.appState === "running") machine.appPort = row.appPort
    const sinceMs = parts.clock.now().getTime() - (row.meteredUntil?.getTime() ?? 0)
    if (sinceMs >= meterEveryMs) await inTurn(parts, turn, (ctx) => meterMachine(ctx, turn, row))
  }
  return afterMs === null ? done : again(afterMs)
}

const meterEveryMs = 60_000

/** The machine is failed with the sentence, and waits for a person. */
export async function giveUp(
  parts: LoopParts,
  turn: Turn,
  { error }: Verdict,
): Promise<"give-up" | "keep-trying"> {
  const failure = isFault(error) ? error.say : "The machine failed for a reason that is not known."
  return inTurn(parts, turn, async (ctx) => {
    await assertCurrent(ctx.db, turn)
    const row = await findMicrovm(ctx.db, turn.key.id)
    if (!row) return "give-up"
    // What should end is tried for ever: nobody is waiting at a screen, and nothing may be left.
    if (row.wanted !== "running") return "keep-trying"
    await observeIn(ctx, turn, { state: "failed", failure })
    return "give-up"
  })
}
