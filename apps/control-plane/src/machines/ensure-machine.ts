import type { IdOf } from "@vibecaas/contract/kinds"
import { draftSize, machineSize } from "@vibecaas/contract/machine-size"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { needLivingProject } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import { isOrganizationClosed } from "../tenants/index.ts"
import type { MachineRow, MachineSize } from "./machine.ts"
import { machineResource } from "./machine-resource.ts"
import { insertMachine, lockDraft, lockMaking, lockOfProject } from "./queries.ts"

/**
 * The project's first machine, made and paid for out of the organization's quota when it has none;
 * its row stays locked until the transaction ends.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded`
 */
export function ensureMachine(
  ctx: Ctx,
  { projectId, trust }: { projectId: IdOf<"project">; trust: MachineRow["trust"] },
): Promise<MachineRow> {
  return ensure(ctx, { projectId, trust }, () => lockOfProject(ctx.db, projectId))
}

/**
 * The machine on which a run's agents work, apart from the live one and its data; made when there is
 * none. Its row stays locked until the transaction ends.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted
 */
export function ensureDraft(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; trust: MachineRow["trust"]; draftOf: string },
): Promise<MachineRow> {
  return ensure(ctx, of, () => lockDraft(ctx.db, of))
}

async function ensure(
  ctx: Ctx,
  of: NewMachine,
  lock: () => Promise<MachineRow | undefined>,
): Promise<MachineRow> {
  const project = await needLivingProject(ctx, of.projectId)
  const known = await lock()
  if (known) return living(known)
  await lockMaking(ctx.db, of.projectId)
  // Somebody may have made it while we waited.
  return (await lock()) ?? makeMachine(ctx, of, project.name)
}

/** @throws Fault `wrong_state` while it is being deleted */
export function living(row: MachineRow): MachineRow {
  if (row.wanted !== "gone") return row
  throw fault("wrong_state", {
    say: "The machine is being deleted. Try again once it is gone.",
    retryable: true,
  })
}

export interface NewMachine {
  projectId: IdOf<"project">
  trust: MachineRow["trust"]
  name?: string
  /** of a draft: the run it is made for */
  draftOf?: string
  /** what is left out is as usual */
  size?: Partial<MachineSize>
}

/**
 * Another machine of a project, stopped.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded`
 */
export async function addMachine(ctx: Ctx, of: NewMachine): Promise<MachineRow> {
  const project = await needLivingProject(ctx, of.projectId)
  const made = await makeMachine(ctx, of, project.name)
  machineResource.tell(ctx, made)
  return made
}

async function makeMachine(ctx: Ctx, of: NewMachine, projectName: string): Promise<MachineRow> {
  const id = ctx.newId("vm")
  const { projectId, trust, name = null, draftOf = null } = of
  const purpose: MachineRow["purpose"] = draftOf === null ? "live" : "draft"
  const usual = purpose === "draft" ? draftSize : machineSize
  const {
    cpuCount = usual.cpuCount,
    memoryMib = usual.memoryMib,
    diskMib = usual.diskMib,
  } = of.size ?? {}
  const shown = { projectId, trust, name, purpose, cpuCount, memoryMib, diskMib }
  const made = await insertMachine(ctx.db, {
    id,
    organizationId: ctx.organizationId,
    ...{ ...shown, draftOf },
    wanted: "stopped",
    state: "stopped",
    reaches: [],
  })
  invariant(made, "an inserted machine is answered")
  // Drafts go with their runs, and the limit of runs at once is theirs.
  if (purpose === "live") {
    await reserve(ctx, "machines", { subject: id, amount: 1 })
    await reserve(ctx, "machine_memory_mib", { subject: id, amount: memoryMib })
  }
  await placeHold(ctx, { on: { loop: "projects", id: projectId }, by: { loop: "machines", id } })
  const details = { about: projectName, ...shown }
  record(ctx, { action: "machine.create", subject: id, details })
  return made
}

/**
 * Whether a machine is stopped although it is wanted, because administrators have shut its organization. Drafts
 * are not: what agents have begun they finish.
 */
export const restsWithOrganization = async (ctx: Ctx, { purpose }: MachineRow) =>
  purpose === "live" && (await isOrganizationClosed(ctx))
