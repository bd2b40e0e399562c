import type { Duplex, Readable } from "node:stream"
import { z } from "zod"
import { hookNames } from "./engine.ts"
import type { Release } from "./release.ts"

/**
 * A backend runs stores somewhere: on this machine, or on a cluster. It goes by store id, knows no
 * kind, no HTTP server and no database of the platform, and keeps no secret on disk.
 *
 * Every verb is idempotent by store id and adopts what exists: whoever calls journals its steps and may
 * call again after a crash. No verb waits longer than its own work; a place in a queue is an answer.
 */
export interface StoreBackend {
  /** e.g. `local` */
  readonly name: string
  /** Which isolation is in force, and what would be missing for an engine. Probes the world. */
  probe(): Promise<BackendSeen>
  /**
   * Makes what all stores of a version share (the template database), once; callers at the same time
   * share one work.
   *
   * @throws Fault `unavailable` with a sentence, e.g. when the engine is not installed
   */
  prepare(what: { engine: string; version: string }): Promise<void>
  /**
   * Makes the place and its database, and has the store's processes as `processes` says: `none` leaves
   * them as they are. Starts are taken one after the other: `starting` in the answer says how many are
   * before it, and to call again is how to go on. A changed release starts its processes anew.
   */
  ensure(release: Release, processes: "running" | "stopped" | "none"): Promise<StoreSeen>
  /**
   * Has another release of a store that runs run beside it, on the same data: nobody is led to it. Once
   * `ensure` is told the same release with `running` it takes the place of what ran, which ends after those
   * whom it still answers; told any other release, what is beside ends. To call again is how to go on.
   *
   * @returns what is beside in `beside`; nothing there once it has taken the place
   */
  ensureBeside(release: Release): Promise<StoreSeen>
  /** Ends what runs beside a store; the store itself goes on. */
  endBeside(storeId: string): Promise<void>
  /**
   * What is there; never changes it.
   *
   * @param options `usage` measures memory, processor time and sizes too, which takes far longer
   */
  look(storeId: string, options?: LookOptions): Promise<StoreSeen>
  /**
   * Runs one hook of the release's engine to its end. One that still runs, since who asked died, is
   * joined; what an earlier backend left of it is ended first.
   */
  exec(release: Release, hook: HookRun): Promise<HookOutcome>
  /** The revisions that it had, the newest first. One is written when another version or plan runs. */
  history(storeId: string): Promise<Revision[]>
  /**
   * Runs an earlier revision again; its data are not touched. `release` is what that revision said, with
   * the secrets of now.
   */
  rollback(release: Release, revision: number): Promise<StoreSeen>
  /**
   * One byte stream to a process, or to the one of that name of what runs beside the store.
   *
   * @throws Fault `unavailable` when it does not listen
   */
  connect(storeId: string, process: string, of?: "beside"): Promise<Duplex>
  /** The end of what a process or hook has written, the oldest line first. */
  logs(storeId: string, of: LogQuery): Promise<LogPart>
  /**
   * Writes a backup under an id that the caller chose; one that is there and whole is answered as it is.
   * The store may run.
   */
  backup(release: Release, backupId: string): Promise<Backup>
  /** All backups of a store, also of one that is gone; the oldest first. */
  backups(storeId: string): Promise<Backup[]>
  /**
   * Puts data and files of a backup in the place of the store's own, with its processes stopped. The
   * release must be of the backup's engine and version; it may be of another store.
   *
   * @throws Fault `invalid` when it is damaged or of something else, before anything changed
   */
  restore(release: Release, from: BackupRef): Promise<StoreSeen>
  /** The backup as one archive (tar, uncompressed), for people to keep. */
  readBackup(from: BackupRef): Promise<Duplex>
  /**
   * Keeps an archive of `readBackup` under another id, also one that another installation wrote; one that is
   * there already is answered as it is.
   *
   * @throws Fault `invalid` when it is damaged or no backup of an engine that is known here; nothing is kept then
   */
  writeBackup(to: BackupRef, archive: Readable): Promise<Backup>
  removeBackup(from: BackupRef): Promise<void>
  /**
   * Ends and removes all that a store has but its backups, then looks.
   *
   * @returns what is left, in words; empty when it is verified gone, also when nothing was there
   */
  destroy(storeId: string): Promise<Leftover[]>
  /** Ids of stores of which anything is there, also when nobody should have them. */
  list(): Promise<string[]>
  /** `told` when something of a store may have changed by itself: a signal, never the truth. Answers how to end it. */
  hear(told: (storeId: string) => void): () => void
  /** Ends what the backend itself needs; stores go on where they can. */
  close(): Promise<void>
}

export const lookOptionsSchema = z.strictObject({ usage: z.boolean() })
export type LookOptions = z.infer<typeof lookOptionsSchema>

/** How a process ended. */
export const processEndSchema = z.object({
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  outOfMemory: z.boolean(),
  at: z.string(),
})

export const processSeenSchema = z.object({
  name: z.string(),
  /** `waiting` for its turn to start; `ended` by itself, and not started again yet */
  state: z.enum(["absent", "waiting", "starting", "listening", "ended"]),
  /** ISO 8601; of its last start */
  startedAt: z.string().optional(),
  /** how often it was started again after it had ended by itself */
  restarts: z.int(),
  /** how it ended last */
  end: processEndSchema.optional(),
  memoryMiB: z.number().optional(),
  /** of one processor since its start, in `ms` */
  cpuMs: z.number().optional(),
})
export type ProcessSeen = z.infer<typeof processSeenSchema>

export const storeSeenSchema = z.object({
  storeId: z.string(),
  /** anything of it is there */
  exists: z.boolean(),
  datastore: z.object({
    state: z.enum(["absent", "unreachable", "ready"]),
    /** its data began as a copy of the version's template */
    fromTemplate: z.boolean(),
    mib: z.number().optional(),
  }),
  processes: z.array(processSeenSchema),
  /** what runs beside it, without visitors */
  beside: z
    .object({ version: z.string(), digest: z.string(), processes: z.array(processSeenSchema) })
    .optional(),
  /** how many starts are before this one's; absent when it does not wait */
  startsBefore: z.int().optional(),
  /** what it runs, or ran last */
  revision: z.object({ number: z.int(), version: z.string(), digest: z.string() }).optional(),
  /** differences to what it was told last, in words: each one is a correction that `ensure` makes */
  drift: z.array(z.string()),
  /** its files, in MiB */
  filesMiB: z.number().optional(),
  /** in a sentence, e.g. `Process: bubblewrap, a user of its own, no network` */
  isolation: z.string(),
})
export type StoreSeen = z.infer<typeof storeSeenSchema>

export const backendSeenSchema = z.object({
  backend: z.string(),
  isolation: z.string(),
  /** sentences: what a store's code can reach */
  reaches: z.array(z.string()),
  limits: z.record(z.enum(["memory", "processes", "cpu", "disk"]), z.boolean()),
  /** two versions of a store can run beside each other */
  beside: z.boolean(),
  engines: z.array(
    z.object({
      engine: z.string(),
      version: z.string(),
      installed: z.boolean(),
      /** the exact command that installs it, where it is not */
      command: z.string().optional(),
      /** why it could not run here though it is installed, e.g. a missing database server */
      lacks: z.string().optional(),
    }),
  ),
})
export type BackendSeen = z.infer<typeof backendSeenSchema>

export const hookRunSchema = z.strictObject({
  name: z.enum(hookNames),
  /** of an upgrade: the version that the data are of */
  fromVersion: z.string().max(40).exactOptional(),
  /** for what is to run beside the store, which goes on meanwhile */
  beside: z.boolean().exactOptional(),
})
export type HookRun = z.infer<typeof hookRunSchema>

export const hookOutcomeSchema = z.object({
  ok: z.boolean(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  timedOut: z.boolean(),
  outOfMemory: z.boolean(),
  ms: z.number(),
  /** what it found out and may be shown */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** secrets that it learned; never logged */
  learned: z.record(z.string(), z.string()),
  /** last lines of its output, without secrets */
  logTail: z.array(z.string()),
})
export type HookOutcome = z.infer<typeof hookOutcomeSchema>

export const revisionSchema = z.object({
  /** from 1 */
  number: z.int(),
  engine: z.string(),
  version: z.string(),
  plan: z.string(),
  /** ISO 8601 */
  at: z.string(),
  state: z.enum(["running", "superseded", "failed"]),
  /** e.g. `Installed`, `Upgraded from 1.0.0`, `Rolled back to 1` */
  about: z.string(),
})
export type Revision = z.infer<typeof revisionSchema>

export const logQuerySchema = z.strictObject({
  /** a process or a hook; all, one after the other, when absent */
  of: z.string().max(40).exactOptional(),
  linesMax: z.int().min(1).max(5000),
})
export type LogQuery = z.infer<typeof logQuerySchema>

export const logPartSchema = z.object({
  lines: z.array(z.object({ of: z.string(), text: z.string() })),
  /** older lines exist */
  cut: z.boolean(),
})
export type LogPart = z.infer<typeof logPartSchema>

export const backupRefSchema = z.strictObject({
  storeId: z.string().regex(/^sto_[0-9a-hjkmnp-tv-z]{26}$/),
  backupId: z.string().regex(/^[a-z0-9_-]{1,64}$/),
})
export type BackupRef = z.infer<typeof backupRefSchema>

export const backupSchema = z.object({
  ...backupRefSchema.shape,
  engine: z.string(),
  version: z.string(),
  /** ISO 8601 */
  madeAt: z.string(),
  bytes: z.number(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256: z.string() })),
  /** what wrote the dump, e.g. `pg_dump 15.14` */
  tool: z.string(),
})
export type Backup = z.infer<typeof backupSchema>

export const leftoverSchema = z.object({
  kind: z.enum(["process", "database", "role", "files", "group", "route", "object"]),
  /** e.g. `database store_01h…` */
  what: z.string(),
  /** why it is still there, as far as that can be seen */
  because: z.string(),
})
export type Leftover = z.infer<typeof leftoverSchema>
