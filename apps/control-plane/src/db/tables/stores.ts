import type { StoreFailure } from "@vibecaas/contract/store"
import { storeBackupReasons } from "@vibecaas/contract/store"
import { storePlanNames } from "@vibecaas/contract/store-plans"
import {
  storeReleaseWays,
  storeStates,
  storeStepNames,
  storeWorkNames,
} from "@vibecaas/contract/store-states"
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"

/** Shops. What is wanted of one is in `wanted` and in its running work; all else was observed. */
export const stores = pgTable(
  "stores",
  {
    id: idColumn<"store">("id").primaryKey(),
    organizationId: organizationId(),
    name: text("name").notNull(),
    /** the first part of its host */
    label: text("label").notNull(),
    url: text("url").notNull(),
    adminUrl: text("admin_url").notNull(),
    engine: text("engine").notNull(),
    /** what runs, or ran last; what is to run is in the work */
    version: text("version").notNull(),
    plan: text("plan", { enum: storePlanNames }).notNull(),
    values: jsonb("values").$type<Record<string, unknown>>().notNull(),
    simulated: boolean("simulated").notNull(),
    wanted: text("wanted", { enum: ["running", "stopped", "gone"] }).notNull(),
    /** before it goes, a last backup is made */
    finalBackup: boolean("final_backup").notNull(),
    state: text("state", { enum: storeStates }).notNull(),
    /** what is done to it now */
    workId: idColumn<"storeWork">("work_id"),
    step: text("step", { enum: storeStepNames }),
    /** its place in the queue as it was last seen */
    position: integer("position"),
    failure: jsonb("failure").$type<StoreFailure>(),
    stuck: boolean("stuck").notNull(),
    leftovers: jsonb("leftovers").$type<string[]>().notNull(),
    /** when tearing down was tried last */
    tornAt: at("torn_at"),
    isolation: text("isolation"),
    /** how often its plan or values were changed, and which of these changes runs */
    settingsWanted: integer("settings_wanted").notNull(),
    settingsApplied: integer("settings_applied").notNull(),
    /** repairs since it was last seen well */
    repairs: integer("repairs").notNull(),
    repairedAt: at("repaired_at"),
    backupEveryHours: integer("backup_every_hours"),
    backedUpAt: at("backed_up_at"),
    drillEveryDays: integer("drill_every_days"),
    drilledAt: at("drilled_at"),
    probedAt: at("probed_at"),
    probeWanted: integer("probe_wanted").notNull(),
    probed: integer("probed").notNull(),
    meteredUntil: at("metered_until"),
    readyAt: at("ready_at"),
    changes: integer("changes").notNull(),
    createdById: text("created_by_id").notNull(),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    due: due(
      "wanted = 'gone' or work_id is not null or not (state = 'failed' or (wanted = 'stopped' and state = 'stopped'))",
    ),
  },
  (t) => [
    unique("stores_tenant_key").on(t.organizationId, t.id),
    unique("stores_name").on(t.organizationId, t.name),
    index("stores_person").on(t.createdById),
  ],
)

const storeIdColumn = () => idColumn<"store">("store_id").notNull()

/** One thing that was done to a store, with all that it needs to go on after a crash. */
export const storeWorks = pgTable(
  "store_works",
  {
    id: idColumn<"storeWork">("id").primaryKey(),
    organizationId: organizationId(),
    storeId: storeIdColumn(),
    work: text("work", { enum: storeWorkNames }).notNull(),
    state: text("state", { enum: ["running", "done", "failed", "cancelled"] }).notNull(),
    /** the version that the store had, and the one that it is to have */
    fromVersion: text("from_version").notNull(),
    toVersion: text("to_version").notNull(),
    /** made before anything is changed, or the backup that was asked for */
    backupId: idColumn<"storeBackup">("backup_id").notNull(),
    /** what is put in place of the store's data */
    restoreId: idColumn<"storeBackup">("restore_id"),
    /** where the backup to restore is of another store */
    restoreOf: idColumn<"store">("restore_of"),
    verbose: boolean("verbose").notNull(),
    cancelWanted: boolean("cancel_wanted").notNull(),
    failureKind: text("failure_kind"),
    byName: text("by_name").notNull(),
    askedAt: at("asked_at").notNull(),
    /** when it left the queue, or began without one */
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
  },
  (t) => [
    unique("store_works_tenant_key").on(t.organizationId, t.id),
    index("store_works_store").on(t.storeId, t.id),
    foreignKey({
      columns: [t.organizationId, t.storeId],
      foreignColumns: [stores.organizationId, stores.id],
    }).onDelete("cascade"),
  ],
)

/** The journal: each step of a work that was begun, and what it showed. */
export const storeSteps = pgTable(
  "store_steps",
  {
    organizationId: organizationId(),
    workId: idColumn<"storeWork">("work_id").notNull(),
    step: text("step", { enum: storeStepNames }).notNull(),
    tries: integer("tries").notNull(),
    startedAt: at("started_at").notNull(),
    /** when the last try ended; null while it is at work */
    endedAt: at("ended_at"),
    done: boolean("done").notNull(),
    note: text("note"),
  },
  (t) => [
    primaryKey({ columns: [t.workId, t.step] }),
    foreignKey({
      columns: [t.organizationId, t.workId],
      foreignColumns: [storeWorks.organizationId, storeWorks.id],
    }).onDelete("cascade"),
  ],
)

export const storeEvents = pgTable(
  "store_events",
  {
    organizationId: organizationId(),
    storeId: storeIdColumn(),
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    at: at("at").notNull(),
    state: text("state", { enum: storeStates }).notNull(),
    say: text("say").notNull(),
    byName: text("by_name").notNull(),
  },
  (t) => [
    index("store_events_store").on(t.storeId, t.number),
    foreignKey({
      columns: [t.organizationId, t.storeId],
      foreignColumns: [stores.organizationId, stores.id],
    }).onDelete("cascade"),
  ],
)

export const storeReleases = pgTable(
  "store_releases",
  {
    id: idColumn<"storeRelease">("id").primaryKey(),
    organizationId: organizationId(),
    storeId: storeIdColumn(),
    number: integer("number").notNull(),
    version: text("version").notNull(),
    state: text("state", { enum: ["current", "past", "refused"] }).notNull(),
    /** how the store came to it; null of those from before that was written */
    way: text("way", { enum: storeReleaseWays }),
    backupId: idColumn<"storeBackup">("backup_id"),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [
    unique("store_releases_number").on(t.storeId, t.number),
    foreignKey({
      columns: [t.organizationId, t.storeId],
      foreignColumns: [stores.organizationId, stores.id],
    }).onDelete("cascade"),
  ],
)

export const storeBackups = pgTable(
  "store_backups",
  {
    id: idColumn<"storeBackup">("id").primaryKey(),
    organizationId: organizationId(),
    storeId: storeIdColumn(),
    /** the store may be gone */
    storeName: text("store_name").notNull().default(""),
    reason: text("reason", { enum: storeBackupReasons }).notNull(),
    state: text("state", { enum: ["making", "kept", "failed"] }).notNull(),
    engine: text("engine").notNull(),
    version: text("version").notNull(),
    bytes: bigint("bytes", { mode: "number" }),
    checksum: text("checksum"),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
    /** when it is forgotten, where it does not go with its store */
    keptUntil: at("kept_until"),
  },
  (t) => [index("store_backups_store").on(t.storeId, t.id)],
)

export const storeProbes = pgTable(
  "store_probes",
  {
    organizationId: organizationId(),
    storeId: storeIdColumn(),
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    at: at("at").notNull(),
    depth: text("depth", { enum: ["options", "order"] }).notNull(),
    ok: boolean("ok").notNull(),
    elapsedMs: integer("elapsed_ms").notNull(),
    say: text("say").notNull(),
  },
  (t) => [
    index("store_probes_store").on(t.storeId, t.number),
    foreignKey({
      columns: [t.organizationId, t.storeId],
      foreignColumns: [stores.organizationId, stores.id],
    }).onDelete("cascade"),
  ],
)

/** Each time that a backup was restored into a store that was thrown away again. */
export const storeDrills = pgTable(
  "store_drills",
  {
    organizationId: organizationId(),
    storeId: storeIdColumn(),
    number: bigint("number", { mode: "number" }).generatedAlwaysAsIdentity().primaryKey(),
    at: at("at").notNull(),
    ok: boolean("ok").notNull(),
    backupId: idColumn<"storeBackup">("backup_id").notNull(),
    version: text("version").notNull(),
    /** from nothing to an order that went through */
    recoveryMs: integer("recovery_ms"),
    say: text("say").notNull(),
    byName: text("by_name").notNull(),
  },
  (t) => [
    index("store_drills_store").on(t.storeId, t.number),
    foreignKey({
      columns: [t.organizationId, t.storeId],
      foreignColumns: [stores.organizationId, stores.id],
    }).onDelete("cascade"),
  ],
)

/** Stores that wait to be made, and those that are made now: first in, first out, over all organizations. */
export const storeQueue = pgTable(
  "store_queue",
  {
    storeId: storeIdColumn().primaryKey(),
    organizationId: organizationId(),
    place: bigint("place", { mode: "number" }).generatedAlwaysAsIdentity(),
    queuedAt: at("queued_at").notNull(),
    admittedAt: at("admitted_at"),
  },
  (t) => [
    foreignKey({
      columns: [t.organizationId, t.storeId],
      foreignColumns: [stores.organizationId, stores.id],
    }).onDelete("cascade"),
  ],
)

/** What was done to stores, for numbers over time: it stays when a store is gone, and goes with its organization. */
export const storeFacts = pgTable(
  "store_facts",
  {
    workId: idColumn<"storeWork">("work_id").primaryKey(),
    organizationId: organizationId(),
    engine: text("engine").notNull(),
    work: text("work", { enum: [...storeWorkNames, "delete"] }).notNull(),
    askedAt: at("asked_at").notNull(),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
    outcome: text("outcome", { enum: ["done", "failed", "cancelled"] }),
    failureKind: text("failure_kind"),
  },
  (t) => [index("store_facts_time").on(t.askedAt)],
)
