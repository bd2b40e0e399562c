import type { IdOf } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { needLivingProject } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import { type MachineRow, machineSize } from "./machine.ts"
import { insertMachine, lockMaking, lockOfProject } from "./queries.ts"

/**
 * The project's first machine, made and paid for out of the organization's quota when it has none;
 * its row stays locked until the transaction ends.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded`
 */
export async function ensureMachine(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; trust: MachineRow["trust"] },
): Promise<MachineRow> {
  const project = await needLivingProject(ctx, of.projectId)
  const known = await lockOfProject(ctx.db, of.projectId)
  if (known) return known
  await lockMaking(ctx.db, of.projectId)
  // Somebody may have made it while we waited.
  return (await lockOfProject(ctx.db, of.projectId)) ?? makeMachine(ctx, of, project.name)
}

async function makeMachine(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; trust: MachineRow["trust"] },
  projectName: string,
): Promise<MachineRow> {
  const id = ctx.newId("vm")
  const made = await insertMachine(ctx.db, {
    id,
    organizationId: ctx.organizationId,
    projectId: of.projectId,
    ...machineSize,
    trust: of.trust,
    wanted: "stopped",
    state: "stopped",
    reaches: [],
  })
  invariant(made, "an inserted machine is answered")
  await reserve(ctx, "machines", { subject: id, amount: 1 })
  await reserve(ctx, "machine_memory_mib", { subject: id, amount: machineSize.memoryMib })
  await placeHold(ctx, { on: { loop: "projects", id: of.projectId }, by: { loop: "machines", id } })
  const details = { about: projectName, ...of, ...machineSize }
  record(ctx, { action: "machine.create", subject: id, details })
  return made
}
