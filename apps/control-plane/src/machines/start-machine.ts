import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needLivingProject } from "../projects/index.ts"
import { ensureMachine } from "./ensure-machine.ts"
import type { MachineRow } from "./machine.ts"
import { machineResource } from "./machine-resource.ts"
import { lockOfProject, updateWanted } from "./queries.ts"

/** What somebody asks of a machine. */
type Wish = Partial<Pick<MachineRow, "wanted" | "trust" | "restartWanted" | "state" | "failure">>

function wantOf(
  ctx: Ctx,
  row: MachineRow,
  wish: { action: string; set: Wish },
): Promise<MachineRow> {
  return want(ctx, machineResource, {
    action: wish.action,
    async write() {
      const updatedAt = ctx.clock.now()
      await updateWanted(ctx.db, row.id, { ...wish.set, updatedAt })
      return { ...row, ...wish.set, updatedAt }
    },
  })
}

/** Asking again for what failed is a new beginning. */
function freshStart(row: MachineRow): Wish {
  const idle = row.state === "failed" || row.state === "stopped" || row.state === "stopping"
  return { wanted: "running", ...(idle ? { state: "requested" as const, failure: null } : {}) }
}

/**
 * Code that nobody vouches for makes the whole machine untrusted, for good: what it left in `/data`
 * stays. The machine boots again, so that its host may refuse.
 */
function raisedTrust(row: MachineRow, trust: MachineRow["trust"]): Wish {
  if (row.trust === "untrusted" || trust === "blueprint") return {}
  return { trust, restartWanted: row.restartWanted + 1 }
}

/**
 * The project's machine, wanted to run code of that trust; made when there is none. One that runs
 * already is left as it is.
 *
 * @throws Fault `not_found`, `wrong_state`, `quota_exceeded`
 */
export async function wakeMachine(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; trust: MachineRow["trust"] },
): Promise<MachineRow> {
  const row = await ensureMachine(ctx, of)
  const raised = raisedTrust(row, of.trust)
  const idle = row.wanted !== "running" || row.state === "failed"
  if (!idle && Object.keys(raised).length === 0) return row
  return wantOf(ctx, row, { action: "machine.wake", set: { ...freshStart(row), ...raised } })
}

/** Starts a project's machine. */
export async function startMachine(ctx: Ctx, projectId: IdOf<"project">): Promise<MachineRow> {
  const row = await ensureMachine(ctx, { projectId, trust: "untrusted" })
  return wantOf(ctx, row, { action: "machine.start", set: freshStart(row) })
}

/** Stops the machine; its data are kept. Stopping what is stopped is fine. */
export async function stopMachine(ctx: Ctx, projectId: IdOf<"project">): Promise<MachineRow> {
  const row = await needMachine(ctx, projectId)
  if (row.wanted === "stopped") return row
  return wantOf(ctx, row, { action: "machine.stop", set: { wanted: "stopped" } })
}

/** Ends the machine and starts it anew; its data are kept. */
export async function restartMachine(ctx: Ctx, projectId: IdOf<"project">): Promise<MachineRow> {
  const row = await needMachine(ctx, projectId)
  return wantOf(ctx, row, {
    action: "machine.restart",
    set: { ...freshStart(row), restartWanted: row.restartWanted + 1 },
  })
}

/** The project's machine, locked. @throws Fault `not_found`, `wrong_state` */
async function needMachine(ctx: Ctx, projectId: IdOf<"project">): Promise<MachineRow> {
  await needLivingProject(ctx, projectId)
  const row = await lockOfProject(ctx.db, projectId)
  if (!row) {
    throw fault("not_found", { say: "This project has no machine yet. Run its app to get one." })
  }
  return row
}
