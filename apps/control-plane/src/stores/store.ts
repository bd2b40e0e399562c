import type { IdOf } from "@vibecaas/contract/kinds"
import type {
  Store,
  StoreBackup,
  StoreDrill,
  StoreRelease,
  StoreWorkShown,
} from "@vibecaas/contract/store"
import { type StoreStep, storeWorks as works } from "@vibecaas/contract/store-states"
import type { Engine } from "@vibecaas/stores/engine"
import type {
  storeBackups,
  storeDrills,
  storeProbes,
  storeReleases,
  storeSteps,
  stores,
  storeWorks,
} from "../db/tables/stores.ts"

export type StoreRow = typeof stores.$inferSelect
export type WorkRow = typeof storeWorks.$inferSelect
export type StepRow = typeof storeSteps.$inferSelect
export type ReleaseRow = typeof storeReleases.$inferSelect
export type BackupRow = typeof storeBackups.$inferSelect
export type ProbeRow = typeof storeProbes.$inferSelect
export type DrillRow = typeof storeDrills.$inferSelect
export type StoreId = IdOf<"store">

/** What all programs of a store may use together, in MiB. */
export const memoryOf = (engine: Engine, plan: StoreRow["plan"]): number =>
  engine.limits(plan).memoryMiB

/** The steps of a work in their order. */
export const stepsOf = ({ work }: Pick<WorkRow, "work">): readonly StoreStep[] => works[work].steps

/** What is shown of a store beside its row. */
export interface Around {
  /** its last work, with the steps that were begun */
  work: { row: WorkRow; steps: readonly StepRow[] } | undefined
  /** the last order that we placed */
  order: ProbeRow | undefined
  /** the last time that a backup was proved */
  drill: DrillRow | undefined
  /** later versions that are installed */
  upgrades: readonly string[]
  /** those of them that are tried beside it */
  upgradesBeside: readonly string[]
}

/** How a store is shown by the API. */
export function showStore(row: StoreRow, around: Around): Store {
  const { work, order, drill, upgrades, upgradesBeside } = around
  const { id, organizationId, name, engine, version, plan, state, url } = row
  return {
    ...{ id, organizationId, name, engine, version, plan, state, url },
    ...(row.step ? { step: row.step } : {}),
    ...(row.position === null ? {} : { position: row.position }),
    adminUrl: row.adminUrl,
    simulated: row.simulated,
    isolation: row.isolation,
    work: work ? showWork(work.row, work.steps) : null,
    ...{ failure: row.failure, stuck: row.stuck, leftovers: row.leftovers },
    lastOrder: order ? { at: order.at.toISOString(), ok: order.ok, say: order.say } : null,
    lastDrill: drill ? showDrill(drill) : null,
    drillEveryDays: row.drillEveryDays,
    values: row.values,
    ...{ upgrades: [...upgrades], upgradesBeside: [...upgradesBeside] },
    backupEveryHours: row.backupEveryHours,
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    readyAt: row.readyAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
    changes: row.changes,
  }
}

export function showDrill(row: DrillRow): StoreDrill {
  const { ok, backupId, version, recoveryMs, say } = row
  return { at: row.at.toISOString(), ok, backupId, version, recoveryMs, say, by: row.byName }
}

export function showWork(row: WorkRow, steps: readonly StepRow[]): StoreWorkShown {
  return {
    ...{ id: row.id, work: row.work, state: row.state, by: row.byName },
    toVersion: row.toVersion === row.fromVersion ? null : row.toVersion,
    startedAt: (row.startedAt ?? row.askedAt).toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    steps: stepsOf(row).map((name) => {
      const begun = steps.find(({ step }) => step === name)
      return {
        name,
        state: stateOfStep(begun),
        startedAt: begun?.startedAt.toISOString() ?? null,
        endedAt: begun?.endedAt?.toISOString() ?? null,
        note: begun?.note ?? null,
      }
    }),
  }
}

function stateOfStep(begun: StepRow | undefined) {
  if (!begun) return "waiting"
  if (begun.done) return "done"
  return begun.endedAt ? "failed" : "running"
}

export function showBackup(row: BackupRow): StoreBackup {
  const { id, storeId, storeName, engine, reason, state, version, bytes, checksum } = row
  return {
    ...{ id, storeId, storeName, engine, reason, state, version, bytes, checksum },
    createdBy: row.createdByName,
    createdAt: row.createdAt.toISOString(),
    keptUntil: row.keptUntil?.toISOString() ?? null,
  }
}

export function showRelease(row: ReleaseRow, ordersSince: number | null): StoreRelease {
  const { id, number, version, state, way, backupId } = row
  return {
    ...{ id, number, version, state, way, backupId, ordersSince },
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }
}
