import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { placeHold } from "../core/holds.ts"
import { want } from "../core/resource.ts"
import { versionMismatch } from "../core/version-mismatch.ts"
import {
  findMachineOfProject,
  type MachineRow,
  restartMachine,
  startMachine,
  wakeDraft,
  wakeMachine,
  wakeMachineById,
} from "../machines/index.ts"
import { needLivingProject } from "../projects/index.ts"
import type { AppRow } from "./app.ts"
import { appResource } from "./app-resource.ts"
import { isUp } from "./next-step.ts"
import {
  findApp,
  findOfProject,
  insertApp,
  lockApp,
  lockOfProject,
  lockOnMachine,
  updateApp,
} from "./queries.ts"

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
  return runCommit(ctx, row, of.commit)
}

/** The same on a run's draft, with the settings of the live app. */
export async function startDraftApp(
  ctx: Ctx,
  of: {
    projectId: IdOf<"project">
    commit: string
    trust: MachineRow["trust"]
    draftOf: string
  },
): Promise<AppRow> {
  const machine = await wakeDraft(ctx, of)
  const [row = await makeApp(ctx, machine, of.commit)] = await lockOnMachine(ctx.db, machine.id)
  const live = await findOfProject(ctx.db, of.projectId)
  if (live && live.settingsVersion !== row.settingsVersion) {
    const { command, environment, settingsVersion } = live
    return runCommit(
      ctx,
      await write(ctx, row, { command, environment, settingsVersion }),
      of.commit,
    )
  }
  // Who tests, who looks and who checks each ask for the same.
  const asked = row.commitWanted === of.commit && row.commitRefused === null && row.follows === null
  return asked && isUp(row) ? row : runCommit(ctx, row, of.commit)
}

/** Lets a draft's app show the newest commit of a branch; made when there is none. */
export async function followOnDraft(
  ctx: Ctx,
  of: {
    draft: MachineRow
    row: AppRow | undefined
    live: AppRow | undefined
    branch: NonNullable<AppRow["follows"]>["branch"]
    commit: string
  },
): Promise<void> {
  const { draft, live, branch } = of
  const row = of.row ?? (await makeApp(ctx, draft, of.commit))
  // Whoever waits hears of commits by this too.
  if (row.follows?.branch?.name === branch?.name && row.follows) return ctx.wake("apps", row.id)
  const settings = live ?? row
  const { command, environment, settingsVersion } = settings
  await wantOf(ctx, row, {
    action: "app.follow",
    details: {},
    set: { ...freshStart(row), command, environment, settingsVersion, follows: { branch } },
  })
}

/**
 * Runs a commit in place of what runs, on the app's own machine.
 *
 * @throws Fault `not_found`, `wrong_state`, `quota_exceeded`
 */
export async function deployApp(
  ctx: Ctx,
  of: { appId: IdOf<"app">; commit: string; trust: MachineRow["trust"] },
): Promise<AppRow> {
  const app = await needApp(ctx, of.appId)
  await wakeMachineById(ctx, { ...app, trust: of.trust })
  return runCommit(ctx, await lockKnown(ctx, app.id), of.commit)
}

function runCommit(ctx: Ctx, row: AppRow, commit: string): Promise<AppRow> {
  const another = row.commitWanted !== commit
  return wantOf(ctx, row, {
    action: "app.start",
    details: { commit },
    set: {
      ...(another && row.commitProved === null ? freshApp : freshStart(row)),
      commitWanted: commit,
      commitRefused: null,
      // Who asks for a commit is shown that one.
      follows: null,
    },
  })
}

/** Ends the app and starts it anew, with what is set for it now; so is its machine if it rests. */
export async function restartApp(ctx: Ctx, id: IdOf<"app">): Promise<AppRow> {
  const app = await needApp(ctx, id)
  // It runs what it ran before: nothing makes the machine less trusted than it is.
  await wakeMachineById(ctx, { ...app, trust: "blueprint" })
  const row = await lockKnown(ctx, id)
  return wantOf(ctx, row, { action: "app.restart", details: {}, set: freshApp })
}

/**
 * Sets how the app is started; its next start has it. What was left out stays.
 *
 * @param ifMatch the settings' version that this is based on; any when absent
 * @throws Fault `not_found`, `wrong_state`, `version_mismatch`
 */
export async function configureApp(
  ctx: Ctx,
  of: {
    appId: IdOf<"app">
    ifMatch: number | undefined
    set: { [Part in keyof Settings]?: Settings[Part] | undefined }
  },
): Promise<AppRow> {
  const row = await lockKnown(ctx, of.appId)
  await needLivingProject(ctx, row.projectId)
  if (of.ifMatch !== undefined && of.ifMatch !== row.settingsVersion) {
    throw versionMismatch("these settings", "them")
  }
  const { command = row.command, environment = row.environment } = of.set
  return wantOf(ctx, row, {
    action: "app.configure",
    // Values may be secret: the audit is read by more people than those who set them.
    details: { command, variables: Object.keys(environment) },
    set: { command, environment, settingsVersion: row.settingsVersion + 1 },
  })
}

/** @throws Fault `not_found` */
export async function needApp(ctx: Ctx, id: IdOf<"app">): Promise<AppRow> {
  return known(await findApp(ctx.db, id))
}

const lockKnown = async (ctx: Ctx, id: IdOf<"app">) => known(await lockApp(ctx.db, id))

function known(row: AppRow | undefined): AppRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such app." })
}

/**
 * Starts a machine and what ran on it last; on the project's own machine `newest` is run when
 * nothing ever did.
 */
export async function startMachineAndApps(
  ctx: Ctx,
  of: { machineId: IdOf<"machine">; newest: string | null },
): Promise<MachineRow> {
  const machine = await startMachine(ctx, of.machineId)
  const { projectId } = machine
  const rows = await lockOnMachine(ctx.db, machine.id)
  for (const row of rows) await beginAnew(ctx, row, freshStart(row))
  const isFirst = (await findMachineOfProject(ctx.db, projectId))?.id === machine.id
  if (rows.length === 0 && isFirst && of.newest !== null) {
    await startApp(ctx, { projectId, commit: of.newest, trust: "untrusted" })
  }
  return machine
}

/** Ends the machine and starts it anew; what crashed before has a new beginning. */
export async function restartMachineAndApps(
  ctx: Ctx,
  machineId: IdOf<"machine">,
): Promise<MachineRow> {
  const machine = await restartMachine(ctx, machineId)
  for (const row of await lockOnMachine(ctx.db, machineId)) await beginAnew(ctx, row, freshApp)
  return machine
}

type Settings = Pick<AppRow, "command" | "environment">
type Wish = Partial<
  Pick<
    AppRow,
    | "commitWanted"
    | "commitRefused"
    | "follows"
    | "restoreFrom"
    | "restoreAsked"
    | "state"
    | "restarts"
    | "failure"
    | "exitCode"
    | "startedAt"
  > &
    Settings & { settingsVersion: number }
>

const freshApp = {
  state: "none",
  restarts: 0,
  failure: null,
  exitCode: null,
} as const satisfies Wish

/** Asking again for what crashed is a new beginning. */
export const freshStart = ({ state }: AppRow): Wish =>
  state === "crashed" || state === "stopped" ? freshApp : {}

/** Writes a wish of an app, records who, and wakes its loop. */
export function wantOf(
  ctx: Ctx,
  row: AppRow,
  wish: { action: string; details: Record<string, unknown>; set: Wish },
): Promise<AppRow> {
  const { action, details, set } = wish
  return want(ctx, appResource, { action, details, write: () => write(ctx, row, set) })
}

async function write(ctx: Ctx, row: AppRow, set: Wish): Promise<AppRow> {
  const updatedAt = ctx.clock.now()
  await updateApp(ctx.db, row.id, { ...set, updatedAt })
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
    ...{ purpose: machine.purpose, draftOf: machine.draftOf },
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
