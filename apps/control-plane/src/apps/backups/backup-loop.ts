import { fault } from "@vibecaas/kernel/fault"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import type { Ctx } from "../../core/ctx.ts"
import { gone, inTurn } from "../../core/resource.ts"
import { type Found, type Rest, rest, worldLoop } from "../../core/resource-loop.ts"
import { dueRows } from "../../db/named-functions.ts"
import { findMachine, type LiveMachine } from "../../machines/index.ts"
import { needProject } from "../../projects/index.ts"
import { release } from "../../quotas/index.ts"
import type { AppRow } from "../app.ts"
import type { AppsParts } from "../parts.ts"
import { findOfProject } from "../queries.ts"
import { dataFolder } from "../switch-app.ts"
import { type BackupRow, isRestoring } from "./backup.ts"
import { backupResource } from "./backup-resource.ts"
import { account } from "./keep-backup.ts"
import { deleteBackupRow, listPresent, updateBackup } from "./queries.ts"

interface Seen {
  projectGoing: boolean
  app: AppRow | undefined
  /** whether the app's machine is to run */
  runs: boolean
  machine: LiveMachine | undefined
}
type Step = { do: "make" | "remove" } | { do: "fail"; why: string }

/** How often it is looked whether the app is settled and its machine there, in `ms`. */
const waitingMs = 1000

/** What is kept rests; what is asked for waits until nothing changes the app. */
export function nextStep(
  row: Pick<BackupRow, "wanted" | "state">,
  { projectGoing, app, runs, machine }: Seen,
): Step | Rest {
  if (row.wanted === "gone" || projectGoing) return { do: "remove" }
  if (row.state !== "making") return rest(null)
  if (!app || !runs) return { do: "fail", why: "The app's machine stopped before it was made." }
  const settled = app.phase === "settled" && !isRestoring(app)
  if (!settled || !machine) return { ...rest(waitingMs), mark: settled ? "machine" : "app" }
  return { do: "make" }
}

/** Makes the backups that people ask for, and removes those that are wanted gone. */
export function backupLoop(parts: AppsParts): LoopDefinition {
  return worldLoop<BackupRow, Seen, Step>(parts, {
    of: backupResource,
    description: "Backs up the data of apps, and removes backups that are wanted gone",
    concurrency: 2,
    limits: { triesMax: 4, turnMsMax: 30 * 60_000 },
    due: () => dueRows(parts.database, "backups"),
    look: (row, turn) => look(parts, row, turn),
    next: nextStep,
    take: (step, found) => take(parts, step, found),
    ending: async (ctx, row) => row.wanted === "gone" || (await isGoing(ctx, row)),
    fail: (ctx, row, { say }) => failed(ctx, row, say),
  })
}

const isGoing = async (ctx: Ctx, { projectId }: BackupRow) =>
  (await needProject(ctx, projectId)).wanted === "gone"

async function look(parts: AppsParts, row: BackupRow, turn: Turn): Promise<Seen> {
  const seen = await inTurn(parts, turn, async (ctx) => {
    const app = await findOfProject(ctx.db, row.projectId)
    const machine = app && (await findMachine(ctx.db, app.machineId))
    return { projectGoing: await isGoing(ctx, row), app, machine }
  })
  const { app, projectGoing, machine } = seen
  const runs = machine?.wanted === "running"
  const isUp = runs && machine.state === "running" && machine.restarted >= machine.restartWanted
  const needed = isUp && row.state === "making" && !projectGoing
  return { projectGoing, app, runs, machine: needed ? await parts.live.find(machine) : undefined }
}

async function take(parts: AppsParts, step: Step, found: Found<BackupRow, Seen>): Promise<void> {
  const { row, turn } = found
  if (step.do === "make") return make(parts, found)
  if (step.do === "fail") return inTurn(parts, turn, (ctx) => failed(ctx, row, step.why))
  await parts.snapshots.remove(row)
  await inTurn(parts, turn, async (ctx) => {
    await release(ctx, "backup_mib", row.id)
    const held = { loop: "projects", id: row.projectId } as const
    await gone(ctx, backupResource, {
      ...{ row, held },
      remove: (inside) => deleteBackupRow(inside.db, row.id),
    })
  })
}

/** @throws Fault `conflict` when the app was changed while its data were packed: then they are packed again */
async function make(
  parts: AppsParts,
  { row, turn, seen: { app, machine } }: Found<BackupRow, Seen>,
): Promise<void> {
  if (!machine) return
  const written = await parts.snapshots.write(row, machine.guest.pack(dataFolder))
  await inTurn(parts, turn, async (ctx) => {
    const now = await findOfProject(ctx.db, row.projectId)
    const same = now?.phase === "settled" && now.commit === app?.commit && !isRestoring(now)
    if (!same) throw changedMeanwhile()
    const at = ctx.clock.now()
    const set = {
      ...written,
      state: "kept",
      commit: now.commit,
      keptAt: at,
      updatedAt: at,
    } as const
    await updateBackup(ctx.db, row.id, set)
    await account(ctx, { ...row, ...set }, written)
  }).catch(async (error) => {
    await parts.snapshots.remove(row)
    throw error
  })
  const known = await inTurn(parts, turn, (ctx) => listPresent(ctx.db, row.projectId))
  await parts.snapshots.removeUnknown(row.projectId, new Set(known.map(({ id }) => id)))
}

const changedMeanwhile = () =>
  fault("conflict", {
    say: "The app was changed while its data were packed.",
    retryable: true,
  })

async function failed(ctx: Ctx, row: BackupRow, failure: string): Promise<void> {
  await updateBackup(ctx.db, row.id, { state: "failed", failure, updatedAt: ctx.clock.now() })
  backupResource.tell(ctx, row)
}
