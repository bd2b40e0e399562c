import { backupsAskedMax } from "@vibecaas/contract/backups"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault, invariant } from "@vibecaas/kernel/fault"
import type { Ctx } from "../../core/ctx.ts"
import { want } from "../../core/resource.ts"
import { findMachine, wakeMachineById } from "../../machines/index.ts"
import { lockLivingProject } from "../../projects/index.ts"
import type { AppRow } from "../app.ts"
import type { AppsParts } from "../parts.ts"
import { findOfProject, lockApp } from "../queries.ts"
import { freshStart, startApp, wantOf } from "../start-app.ts"
import { type BackupRow, isNeededBy, isRestoring } from "./backup.ts"
import { backupResource } from "./backup-resource.ts"
import { holdProject, letGo } from "./keep-backup.ts"
import { countAsked, findBackup, insertBackup, lockBackup } from "./queries.ts"

/**
 * Asks for the data of a project's live app to be backed up as they are then.
 *
 * @throws Fault `wrong_state` while its machine does not run, `quota_exceeded` when there are too many
 */
export async function askForBackup(
  ctx: Ctx,
  of: { projectId: IdOf<"project">; note: string },
): Promise<BackupRow> {
  const { organizationId } = await lockLivingProject(ctx, of.projectId)
  const app = await findOfProject(ctx.db, of.projectId)
  await needRunning(ctx, app)
  if ((await countAsked(ctx.db, of.projectId)) >= backupsAskedMax) throw tooMany()
  return want(ctx, backupResource, {
    action: "backup.ask",
    write: async () => {
      const row = await insertBackup(ctx.db, {
        ...{ id: ctx.newId("bak"), organizationId, ...of, state: "making", reason: "asked" },
        ...{ commit: app?.commit ?? null, createdByName: ctx.actor.name },
        createdAt: ctx.clock.now(),
      })
      invariant(row, "an inserted backup is answered")
      await holdProject(ctx, row)
      return row
    },
  })
}

async function needRunning(ctx: Ctx, app: AppRow | undefined): Promise<void> {
  const machine = app && (await findMachine(ctx.db, app.machineId))
  if (machine?.wanted === "running") return
  const say = app
    ? "The app's machine rests, and its data can be read only while it runs. Start the app first."
    : "The project has no app that runs yet, so it has no data."
  throw fault("wrong_state", { say })
}

const tooMany = () =>
  fault("quota_exceeded", {
    say: `A project can have ${backupsAskedMax} backups that were asked for. Delete one first.`,
  })

/**
 * Asks for the data of the live app to be those of a backup, in the way of another version: visitors wait,
 * the present data are backed up, and come back when the app does not run on the others. An app that rests
 * is started; without one the newest files are.
 *
 * @throws Fault `not_found`, `conflict` when there is nothing to start, `wrong_state`, `quota_exceeded`
 */
export async function restoreBackup(
  ctx: Ctx,
  parts: Pick<AppsParts, "repositories">,
  id: IdOf<"backup">,
): Promise<BackupRow> {
  const { projectId } = await needBackup(ctx, id)
  await lockLivingProject(ctx, projectId)
  const backup = known(await lockBackup(ctx.db, id))
  if (backup.state !== "kept" || backup.wanted === "gone") {
    throw fault("wrong_state", { say: "This backup is not kept, so it cannot be restored." })
  }
  const app = await wakeApp(ctx, parts, projectId)
  if (isRestoring(app)) {
    throw fault("wrong_state", {
      say: "A backup is being restored already. Wait until it is over.",
    })
  }
  const details = { backup: id, keptAt: backup.keptAt?.toISOString() }
  await wantOf(ctx, app, {
    ...{ action: "app.restore-data", details },
    set: { ...freshStart(app), restoreFrom: id, restoreAsked: app.restoreAsked + 1 },
  })
  backupResource.tell(ctx, backup)
  return backup
}

async function wakeApp(
  ctx: Ctx,
  { repositories }: Pick<AppsParts, "repositories">,
  projectId: IdOf<"project">,
): Promise<AppRow> {
  const app = await findOfProject(ctx.db, projectId)
  if (app) {
    // It runs what it ran before: nothing makes the machine less trusted than it is.
    await wakeMachineById(ctx, { ...app, trust: "blueprint" })
    const locked = await lockApp(ctx.db, app.id)
    if (locked) return locked
  }
  const commit = await repositories.of(projectId).head()
  if (commit === null) {
    throw fault("conflict", { say: "The project has no files, so no app can have these data." })
  }
  return startApp(ctx, { projectId, commit, trust: "untrusted" })
}

/** Asks for a backup to be gone. @throws Fault `not_found`, `wrong_state` while it is needed */
export async function deleteBackup(ctx: Ctx, id: IdOf<"backup">): Promise<BackupRow> {
  const row = known(await lockBackup(ctx.db, id))
  if (row.wanted === "gone") return row
  if (isNeededBy(await findOfProject(ctx.db, row.projectId), id)) {
    const say = "The app is being changed, and these data may be needed. Wait until that is over."
    throw fault("wrong_state", { say })
  }
  return want(ctx, backupResource, {
    action: "backup.delete",
    write: async () => {
      await letGo(ctx, row)
      return { ...row, wanted: "gone" }
    },
  })
}

/** @throws Fault `not_found` */
export async function needBackup(ctx: Ctx, id: IdOf<"backup">): Promise<BackupRow> {
  return known(await findBackup(ctx.db, id))
}

function known(row: BackupRow | undefined): BackupRow {
  if (row) return row
  throw fault("not_found", { say: "There is no such backup." })
}
