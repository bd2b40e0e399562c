import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { at, createdAt, due, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** One machine per project, and the app that runs in it: what is wanted, then what was observed. */
export const microvms = pgTable(
  "microvms",
  {
    id: text("id").primaryKey(),
    organizationId: organizationId(),
    projectId: text("project_id").notNull(),
    cpuCount: integer("cpu_count").notNull(),
    memoryMib: integer("memory_mib").notNull(),
    diskMib: integer("disk_mib").notNull(),
    /** `blueprint` code may run with weaker isolation than a model's code */
    trust: text("trust", { enum: ["blueprint", "untrusted"] }).notNull(),

    wanted: text("wanted", { enum: ["running", "stopped", "gone"] }).notNull(),
    /** counts requests to restart; the loop acts when `restarted` is behind */
    restartWanted: integer("restart_wanted").notNull().default(0),
    /** the commit whose app should run; none means: only the machine */
    appCommitWanted: text("app_commit_wanted"),

    state: text("state").notNull(),
    restarted: integer("restarted").notNull().default(0),
    /** where its data lie; none before it first booted */
    hostId: text("host_id"),
    driver: text("driver"),
    isolation: text("isolation"),
    reaches: jsonb("reaches").$type<string[]>().notNull(),
    failure: text("failure"),
    appState: text("app_state").notNull().default("none"),
    appCommit: text("app_commit"),
    appPort: integer("app_port"),
    appExitCode: integer("app_exit_code"),
    appRestarts: integer("app_restarts").notNull().default(0),
    appStartedAt: at("app_started_at"),
    appEndedAt: at("app_ended_at"),
    /** a sentence: why the app does not run */
    appFailure: text("app_failure"),
    appLogTail: jsonb("app_log_tail").$type<string[]>().notNull(),
    startedAt: at("started_at"),
    /** until when running time was metered */
    meteredUntil: at("metered_until"),
    /** fencing number of the loop's last writer */
    fence: bigint("fence", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    // One that should run is looked at even when all seems well: it may have died unseen.
    due: due("not (wanted = 'stopped' and state = 'stopped')"),
  },
  (t) => [
    unique("microvms_tenant_key").on(t.organizationId, t.id),
    unique("microvms_project").on(t.projectId),
    index("microvms_state").on(t.wanted, t.state),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
  ],
)

/** One-time codes that open a private preview; only their hash is kept. */
export const previewCodes = pgTable(
  "preview_codes",
  {
    organizationId: organizationId(),
    codeHash: text("code_hash").primaryKey(),
    projectId: text("project_id").notNull(),
    userId: text("user_id").notNull(),
    /** the sign-in that asked: when it ends, so does what the code opened */
    sessionId: text("session_id").notNull(),
    host: text("host").notNull(),
    returnTo: text("return_to").notNull(),
    expiresAt: at("expires_at").notNull(),
    redeemedAt: at("redeemed_at"),
  },
  (t) => [
    index("preview_codes_age").on(t.expiresAt),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
