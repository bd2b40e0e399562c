import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { needLivingProject } from "../projects/index.ts"
import { ensureDraft, ensureMachine, living } from "./ensure-machine.ts"
import type { MachineRow } from "./machine.ts"
import { machineResource } from "./machine-resource.ts"
import { draftsOfProject, findMachine, lockMachine, updateMachine } from "./queries.ts"

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
      await updateMachine(ctx.db, row.id, { ...wish.set, updatedAt })
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
  return wake(ctx, await ensureMachine(ctx, of), of.trust)
}

/** The same of the machine on which a run's agents work. */
export async function wakeDraft(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; trust: MachineRow["trust"]; draftOf: string },
): Promise<MachineRow> {
  return wake(ctx, await ensureDraft(ctx, of), of.trust)
}

/** The same of one that is known. @throws Fault `not_found`, `wrong_state` */
export async function wakeMachineById(
  ctx: Ctx,
  of: { machineId: IdOf<"machine">; trust: MachineRow["trust"] },
): Promise<MachineRow> {
  return wake(ctx, await lockLiving(ctx, of.machineId), of.trust)
}

async function wake(ctx: Ctx, row: MachineRow, trust: MachineRow["trust"]): Promise<MachineRow> {
  const raised = raisedTrust(row, trust)
  const idle = row.wanted !== "running" || row.state === "failed"
  if (!idle && Object.keys(raised).length === 0) return row
  return wantOf(ctx, row, { action: "machine.wake", set: { ...freshStart(row), ...raised } })
}

export async function startMachine(ctx: Ctx, id: IdOf<"machine">): Promise<MachineRow> {
  const row = await lockLiving(ctx, id)
  return wantOf(ctx, row, { action: "machine.start", set: freshStart(row) })
}

/** Stops the machine; its data are kept. Stopping what is stopped is fine. */
export async function stopMachine(ctx: Ctx, id: IdOf<"machine">): Promise<MachineRow> {
  const row = await lockLiving(ctx, id)
  if (row.wanted === "stopped") return row
  return wantOf(ctx, row, { action: "machine.stop", set: { wanted: "stopped" } })
}

/** Ends the machine and starts it anew; its data are kept. */
export async function restartMachine(ctx: Ctx, id: IdOf<"machine">): Promise<MachineRow> {
  const row = await lockLiving(ctx, id)
  return wantOf(ctx, row, {
    action: "machine.restart",
    set: { ...freshStart(row), restartWanted: row.restartWanted + 1 },
  })
}

/** Deletes the machine, its data and what runs on it. Deleting what goes already is fine. */
export async function deleteMachine(ctx: Ctx, id: IdOf<"machine">): Promise<MachineRow> {
  const row = await lockKnown(ctx, id)
  if (row.wanted === "gone") return row
  return wantOf(ctx, row, { action: "machine.delete", set: { wanted: "gone" } })
}

/** Deletes what the agents of a project's runs worked on, copies of data included, but for those of `keep`. */
export async function deleteDrafts(
  ctx: Ctx,
  projectId: IdOf<"project">,
  keep: readonly string[],
): Promise<void> {
  for (const { id, draftOf } of await draftsOfProject(ctx.db, projectId)) {
    if (draftOf === null || !keep.includes(draftOf)) await deleteMachine(ctx, id)
  }
}

/** Says that a draft has its copy of the live app's data. */
export async function markFilled(ctx: Ctx, id: IdOf<"machine">): Promise<void> {
  await updateMachine(ctx.db, id, { draftFilledAt: ctx.clock.now() })
}

/** @throws Fault `not_found` */
export async function needMachine(ctx: Ctx, id: IdOf<"machine">): Promise<MachineRow> {
  return known(await findMachine(ctx.db, id))
}

const lockKnown = async (ctx: Ctx, id: IdOf<"machine">) => known(await lockMachine(ctx.db, id))

/** @throws Fault `not_found`, `wrong_state` */
async function lockLiving(ctx: Ctx, id: IdOf<"machine">): Promise<MachineRow> {
  const row = living(await lockKnown(ctx, id))
  await needLivingProject(ctx, row.projectId)
  return row
}

function known(row: MachineRow | undefined): MachineRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such machine." })
}
