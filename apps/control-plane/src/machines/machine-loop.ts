import { bestEffort } from "@vibecaas/kernel/log"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import { wakeHolders } from "../core/holds.ts"
import { inTurn } from "../core/resource.ts"
import { type Found, worldLoop } from "../core/resource-loop.ts"
import { dueRows } from "../db/named-functions.ts"
import { needProject } from "../projects/index.ts"
import { boot, reboot, recordRunning, recordStopped, stop } from "./boot.ts"
import { restsWithOrganization } from "./ensure-machine.ts"
import type { LiveMachine } from "./live-machines.ts"
import type { MachineRow } from "./machine.ts"
import { machineResource } from "./machine-resource.ts"
import { meterMachine } from "./meter-machine.ts"
import { nextStep, type SeenMachine, type Step } from "./next-step.ts"
import { observeIn } from "./observe.ts"
import type { LoopParts } from "./parts.ts"
import { findOrphans, reapOrphans } from "./reap.ts"
import { destroy, remove } from "./tear-down.ts"

interface Seen extends SeenMachine {
  machine: LiveMachine | undefined
}

/** Brings machines to what their rows ask for. */
export function machineLoop(parts: LoopParts): LoopDefinition {
  return worldLoop<MachineRow, Seen, Step>(parts, {
    of: machineResource,
    description: "Starts, watches, restarts and removes machines",
    concurrency: 8,
    limits: { triesMax: 4, turnMsMax: 180_000 },
    async due() {
      await bestEffort(parts.log, "look for orphans", async () =>
        reapOrphans(parts, await findOrphans(parts)),
      )
      return dueRows(parts.database, "machines")
    },
    look: async (row, turn) => {
      const machine = await parts.live.find(row)
      const seen = await inTurn(parts, turn, async (ctx) => {
        const project = await needProject(ctx, row.projectId)
        const unwanted = project.wanted === "gone"
        const ends = unwanted || row.wanted === "gone"
        const closed = await restsWithOrganization(ctx, row)
        return { unwanted, closed, holders: ends ? await wakeHolders(ctx, row.id) : 0 }
      })
      return { ...seen, machine, alive: machine !== undefined }
    },
    next: nextStep,
    take: (step, found) => take(parts, step, found),
    atRest: (found) => seeToIt(parts, found),
    ending: async (ctx, row) =>
      row.wanted !== "running" || (await needProject(ctx, row.projectId)).wanted === "gone",
    fail: (ctx, _, { say, turn }) => observeIn(ctx, turn, { state: "failed", failure: say }),
  })
}

async function take(
  parts: LoopParts,
  step: Step,
  { turn, row, seen }: Found<MachineRow, Seen>,
): Promise<void> {
  switch (step.do) {
    case "destroy":
      return destroy(parts, turn, row)
    case "remove":
      return remove(parts, turn, row)
    case "stop":
      return stop(parts, turn, row)
    case "record-stopped":
      return recordStopped(parts, turn, row)
    case "reboot":
      return reboot(parts, turn, row)
    case "boot":
      if (step.lost) turn.correction(`machine ${row.id} was gone`)
      return boot(parts, turn, row)
    case "record-running":
      // Only chosen for a machine that was seen.
      if (seen.machine)
        await recordRunning(parts, turn, { row, machine: seen.machine, adopted: true })
  }
}

const seeToEveryMs = 60_000

/** Now and then a running machine is metered, and what runs on it is looked at: a wake can be lost. */
async function seeToIt(
  parts: LoopParts,
  { turn, row, seen }: Found<MachineRow, Seen>,
): Promise<void> {
  if (!seen.alive || row.state !== "running") return
  const sinceMs = parts.clock.now().getTime() - (row.meteredUntil?.getTime() ?? 0)
  if (sinceMs < seeToEveryMs) return
  await inTurn(parts, turn, async (ctx) => {
    await meterMachine(ctx, row)
    await wakeHolders(ctx, row.id)
  })
}
