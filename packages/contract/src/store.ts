import { z } from "zod"
import { idOf, instant } from "./ids.ts"
import { organizationId } from "./kinds/tenants.ts"
import { storePlanNames } from "./store-plans.ts"
import {
  storeFailureKinds,
  storeReleaseWays,
  storeStates,
  storeStepNames,
  storeWorkNames,
} from "./store-states.ts"

export const storeId = idOf("sto", "a store")
export const storeBackupId = idOf("sbk", "a backup of a store")
export const storeReleaseId = idOf("srl", "a release of a store")
export const storeWorkId = idOf("swk", "a piece of work on a store")

/** What is kept of a failure: what happened in words, what to do, and what was seen. */
export const storeFailure = z
  .object({
    kind: z.enum(storeFailureKinds),
    work: z.enum(storeWorkNames),
    step: z.enum(storeStepNames).nullable(),
    say: z.string().meta({ description: "what happened, in a sentence" }),
    remedy: z.string().meta({ description: "what to do" }),
    guide: z.string().meta({ description: "path of the guide to such failures" }),
    exitCode: z.number().int().nullable(),
    logTail: z.array(z.string()).meta({ description: "last lines that the step wrote" }),
    probe: z.string().nullable().meta({ description: "what the shop answered" }),
    at: instant,
  })
  .meta({ id: "StoreFailure" })
export type StoreFailure = z.infer<typeof storeFailure>

const journalStep = z.object({
  name: z.enum(storeStepNames),
  state: z.enum(["waiting", "running", "done", "failed"]),
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  note: z.string().nullable().meta({ description: "what it showed" }),
})
export type StoreJournalStep = z.infer<typeof journalStep>

export const storeWork = z
  .object({
    id: storeWorkId,
    work: z.enum(storeWorkNames),
    state: z.enum(["running", "done", "failed", "cancelled"]),
    toVersion: z.string().nullable(),
    by: z.string(),
    startedAt: instant.meta({ description: "when it left the queue" }),
    endedAt: instant.nullable(),
    steps: z.array(journalStep),
  })
  .meta({ id: "StoreWork" })
export type StoreWorkShown = z.infer<typeof storeWork>

export const storeDrill = z
  .object({
    at: instant,
    ok: z.boolean(),
    backupId: storeBackupId,
    version: z.string(),
    recoveryMs: z
      .number()
      .int()
      .nullable()
      .meta({ description: "from nothing to an order that went through; null: it never did" }),
    say: z.string().meta({ description: "what it showed, in a sentence" }),
    by: z.string(),
  })
  .meta({ id: "StoreDrill" })
export type StoreDrill = z.infer<typeof storeDrill>

export const store = z
  .object({
    id: storeId,
    organizationId,
    name: z.string(),
    engine: z.string(),
    version: z.string().meta({ description: "the engine's version that runs, or is to run" }),
    plan: z.enum(storePlanNames),
    state: z.enum(storeStates),
    step: z.enum(storeStepNames).optional().meta({ description: "what is done now" }),
    position: z
      .number()
      .int()
      .optional()
      .meta({ description: "its place in the queue; 1 is next" }),
    url: z.string(),
    adminUrl: z.string().nullable(),
    simulated: z.boolean().meta({ description: "a stand-in for a real engine" }),
    isolation: z
      .string()
      .nullable()
      .meta({ description: "what walls it off from other stores, in words" }),
    work: storeWork.nullable().meta({ description: "what is done to it now, or was last" }),
    failure: storeFailure.nullable(),
    stuck: z.boolean().meta({ description: "what is done to it has not moved for half an hour" }),
    leftovers: z
      .array(z.string())
      .meta({ description: "what could not be removed yet; it is tried again" }),
    lastOrder: z
      .object({ at: instant, ok: z.boolean(), say: z.string() })
      .nullable()
      .meta({ description: "the last order that we placed and cancelled to see that it sells" }),
    lastDrill: storeDrill
      .nullable()
      .meta({ description: "the last time that a backup was proved in a store thrown away" }),
    drillEveryDays: z.number().int().nullable(),
    values: z.record(z.string(), z.unknown()),
    upgrades: z.array(z.string()).meta({ description: "later versions that are installed here" }),
    upgradesBeside: z.array(z.string()).meta({
      description: "those of them that are tried beside the shop, which answers all the time",
    }),
    backupEveryHours: z.number().int().nullable(),
    createdBy: z.string(),
    createdAt: instant,
    readyAt: instant.nullable(),
    updatedAt: instant,
    changes: z.number().int().meta({ description: "send it as If-Match" }),
  })
  .meta({ id: "Store" })
export type Store = z.infer<typeof store>

const measured = z.object({
  used: z.number().nullable().meta({ description: "MiB; null: it cannot be measured now" }),
  limit: z.number().meta({ description: "MiB, by its plan" }),
})

export const storeUse = z
  .object({
    memory: measured,
    disk: measured.meta({ description: "database and files; a store that fills it is stopped" }),
  })
  .meta({ id: "StoreUse" })
export type StoreUse = z.infer<typeof storeUse>

export const storeEvent = z
  .object({
    id: z.string(),
    at: instant,
    state: z.enum(storeStates),
    say: z.string().meta({ description: "what happened, in a sentence" }),
    by: z.string(),
  })
  .meta({ id: "StoreEvent" })

export const storeRelease = z
  .object({
    id: storeReleaseId,
    number: z.number().int(),
    version: z.string(),
    state: z.enum(["current", "past", "refused"]),
    way: z
      .enum(storeReleaseWays)
      .nullable()
      .meta({ description: "how it came to it; `beside`: the shop answered all the time" }),
    backupId: storeBackupId
      .nullable()
      .meta({ description: "the data as they were when it was replaced; none: no way back" }),
    ordersSince: z
      .number()
      .int()
      .nullable()
      .meta({ description: "orders since then, which going back to it would lose" }),
    startedAt: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: "StoreRelease" })
export type StoreRelease = z.infer<typeof storeRelease>

export const storeBackupReasons = ["asked", "scheduled", "before", "final", "uploaded"] as const
/** How long the backups of a store that is gone are kept, in days; so are uploaded ones of none. */
export const storeBackupKeptDays = 30
/** The largest archive that can be uploaded, in bytes. */
export const storeArchiveBytesMax = 256 * 1024 * 1024
/** How many uploaded backups an organization may have. */
export const storeUploadsMax = 20
export const storeBackup = z
  .object({
    id: storeBackupId,
    storeId,
    storeName: z.string().meta({ description: "what the store is called, or was" }),
    engine: z.string(),
    reason: z.enum(storeBackupReasons).meta({ description: "`before` a change of the store" }),
    state: z.enum(["making", "kept", "failed"]),
    version: z.string(),
    bytes: z.number().int().nullable(),
    checksum: z.string().nullable().meta({ description: "SHA-256 of what is kept" }),
    createdBy: z.string(),
    createdAt: instant,
    keptUntil: instant
      .nullable()
      .meta({ description: "when it is forgotten; null: it goes with its store" }),
  })
  .meta({ id: "StoreBackup" })
export type StoreBackup = z.infer<typeof storeBackup>

export const storeOrder = z
  .object({
    id: z.string(),
    number: z.string(),
    placedAt: z.string(),
    total: z.number().meta({ description: "in minor units of the currency" }),
    currency: z.string(),
    state: z.string().meta({ description: "the engine's own word" }),
    email: z.string().nullable(),
    probe: z.boolean().meta({ description: "placed by us to see that the store sells" }),
  })
  .meta({ id: "StoreOrder" })

export const storeProbe = z
  .object({
    at: instant,
    depth: z.enum(["options", "order"]).meta({ description: "how far it went" }),
    ok: z.boolean(),
    elapsedMs: z.number().int(),
    say: z.string(),
  })
  .meta({ id: "StoreProbe" })

export const storeEngine = z
  .object({
    name: z.string(),
    title: z.string(),
    about: z.string(),
    simulated: z.boolean(),
    versions: z.array(
      z.object({
        version: z.string(),
        installed: z.boolean(),
        command: z.string().nullable().meta({ description: "what installs it here" }),
        lacks: z
          .string()
          .nullable()
          .meta({ description: "why it cannot run here, though installed" }),
      }),
    ),
    values: z
      .record(z.string(), z.unknown())
      .meta({ description: "JSON Schema of what a store of it can be given" }),
    plans: z.array(
      z.object({
        plan: z.enum(storePlanNames),
        memoryMib: z.int(),
        cpus: z.number(),
        diskMib: z.int(),
        price: z.int().meta({ description: "a month, in millionths of a dollar" }),
      }),
    ),
    isolation: z.string().meta({ description: "what walls its stores off here, in words" }),
  })
  .meta({ id: "StoreEngine" })
export type StoreEngine = z.infer<typeof storeEngine>

/** Whether a store fits, line by line. */
export const storePreflight = z
  .object({
    fits: z.boolean(),
    lines: z.array(
      z.object({
        line: z.string().meta({ examples: ["store_memory_mib"] }),
        name: z.string(),
        used: z.number().int(),
        asked: z.number().int(),
        limit: z.number().int(),
        fits: z.boolean(),
        warns: z.boolean().meta({ description: "with it, 80 % or more are used" }),
      }),
    ),
  })
  .meta({ id: "StorePreflight" })
export type StorePreflight = z.infer<typeof storePreflight>

export const storesUsage = z.object({
  mine: z.object({ used: z.number().int(), limit: z.number().int() }),
  organization: z.object({ used: z.number().int(), limit: z.number().int() }),
})
