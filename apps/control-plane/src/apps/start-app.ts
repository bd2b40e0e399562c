import type { IdOf } from "@vibecaas/contract/kinds"
import { invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { want } from "../core/resource.ts"
import { type MachineRow, restartMachine, startMachine, wakeMachine } from "../machines/index.ts"
import type { AppRow } from "./app.ts"
import { appResource } from "./app-resource.ts"
import { insertApp, lockOfProject, updateWanted } from "./queries.ts"

/**
 * Asks for a commit to run as the project's app, in place of what runs; makes the machine when
 * there is none. Asking for the commit that runs already changes nothing that runs.
 *
 * @throws Fault `not_found`, `wrong_state`, `quota_exceeded`
 */
export async function startApp(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; commit: string; trust: MachineRow["trust"] },
): Promise<AppRow> {
  const machine = await wakeMachine(ctx, of)
  const row =
    (await lockOfProject(ctx.db, of.projectId)) ?? (await makeApp(ctx, machine, of.commit))
  const another = row.commitWanted !== of.commit
  return wantOf(ctx, row, {
    action: "app.start",
    details: { commit: of.commit },
    set: { ...(another ? freshApp : freshStart(row)), commitWanted: of.commit },
  })
}

/** Starts a project's machine and the app that ran last; `newest` is run when none ever did. */
export async function startMachineAndApp(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; newest: string | null },
): Promise<MachineRow> {
  const { projectId, newest } = of
  const machine = await startMachine(ctx, projectId)
  const row = await lockOfProject(ctx.db, projectId)
  if (row) await beginAnew(ctx, row, freshStart(row))
  else if (newest !== null) await startApp(ctx, { projectId, commit: newest, trust: "untrusted" })
  return machine
}

/** Ends the machine and starts it anew; what crashed before has a new beginning. */
export async function restartMachineAndApp(
  ctx: Ctx,
  projectId: IdOf<"project">,
): Promise<MachineRow> {
  const machine = await restartMachine(ctx, projectId)
  const row = await lockOfProject(ctx.db, projectId)
  if (row) await beginAnew(ctx, row, freshApp)
  return machine
}

type Wish = Partial<
  Pick<AppRow, "commitWanted" | "state" | "restarts" | "failure" | "exitCode" | "startedAt">
>

const freshApp = {
  state: "none",
  restarts: 0,
  failure: null,
  exitCode: null,
} as const satisfies Wish

/** Asking again for what crashed is a new beginning. */
const freshStart = ({ state }: AppRow): Wish =>
  state === "crashed" || state === "stopped" ? freshApp : {}

function wantOf(
  ctx: Ctx,
  row: AppRow,
  wish: { action: string; details: Record<string, unknown>; set: Wish },
): Promise<AppRow> {
  const { action, details, set } = wish
  return want(ctx, appResource, { action, details, write: () => write(ctx, row, set) })
}

async function write(ctx: Ctx, row: AppRow, set: Wish): Promise<AppRow> {
  const updatedAt = ctx.clock.now()
  await updateWanted(ctx.db, row.id, { ...set, updatedAt })
  return { ...row, ...set, updatedAt }
}

/** What was asked of the machine is recorded of the machine. */
async function beginAnew(ctx: Ctx, row: AppRow, set: Wish): Promise<void> {
  appResource.tell(ctx, await write(ctx, row, set))
  ctx.wake("apps", row.id)
}

async function makeApp(ctx: Ctx, machine: MachineRow, commit: string): Promise<AppRow> {
  const id = ctx.newId("app")
  const { organizationId, projectId } = machine
  const made = await insertApp(ctx.db, {
    ...{ id, organizationId, projectId, machineId: machine.id },
    commitWanted: commit,
    state: "none",
    logTail: [],
  })
  invariant(made, "an inserted app is answered")
  const by = { loop: "apps", id } as const
  await placeHold(ctx, { on: { loop: "projects", id: projectId }, by })
  await placeHold(ctx, { on: { loop: "machines", id: machine.id }, by })
  return made
}
