import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { record } from "../core/record.ts"
import { needLivingProject } from "../projects/index.ts"
import { reserve } from "../quotas/index.ts"
import { type MicrovmRow, machineSize } from "./microvm.ts"
import { insertMicrovm, lockOfProject } from "./queries.ts"

/**
 * The project's machine, made and paid for out of the organization's quota when it has none; its
 * row stays locked until the transaction ends.
 *
 * @throws Fault `not_found`, `wrong_state` while the project is being deleted, `quota_exceeded`
 */
export async function ensureMachine(
  ctx: Ctx,
  of: { projectId: string; trust: MicrovmRow["trust"] },
): Promise<MicrovmRow> {
  const project = await needLivingProject(ctx, of.projectId)
  const known = await lockOfProject(ctx.db, of.projectId)
  if (known) return known
  await makeMachine(ctx, of, project.name)
  const made = await lockOfProject(ctx.db, of.projectId)
  invariant(made, "a machine that was inserted, by us or by somebody else, is found")
  return made
}

async function makeMachine(
  ctx: Ctx,
  of: { projectId: string; trust: MicrovmRow["trust"] },
  projectName: string,
): Promise<void> {
  const id = ctx.newId("vm")
  const inserted = await insertMicrovm(ctx.db, {
    id,
    organizationId: ctx.organizationId,
    projectId: of.projectId,
    ...machineSize,
    trust: of.trust,
    wanted: "stopped",
    state: "stopped",
    reaches: [],
    appLogTail: [],
  })
  // Lost to a request at the same time: theirs is the machine.
  if (!inserted) return
  await reserve(ctx, "microvms", { subject: id, amount: 1 })
  await reserve(ctx, "microvm_memory_mib", { subject: id, amount: machineSize.memoryMib })
  await placeHold(ctx, { on: { loop: "projects", id: of.projectId }, by: { loop: "microvms", id } })
  const details = { about: projectName, ...of, ...machineSize }
  record(ctx, { action: "microvm.create", subject: id, details })
}
