import { type AppState, appPhases, appScripts, type Release } from "@vibecaas/contract/kinds/apps"
import { purposes } from "@vibecaas/contract/kinds/machines"
import {
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
import { machines } from "./machines.ts"
import { projects } from "./projects.ts"

/** An app of a project on one of its machines: what is wanted, then what was observed. */
export const apps = pgTable(
  "apps",
  {
    id: idColumn<"app">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    machineId: idColumn<"machine">("machine_id").notNull(),
    purpose: text("purpose", { enum: purposes }).notNull().default("live"),
    /** of a draft: the run it was started for */
    draftOf: text("draft_of"),
    commitWanted: text("commit_wanted").notNull(),
    /** of a draft: the branch whose newest commit is to run instead; null there: the project's own */
    follows: jsonb("follows").$type<{ branch: { name: string; from: string | null } | null }>(),
    /** how it is started; none means: as its files say */
    command: jsonb("command").$type<string[]>(),
    environment: jsonb("environment").$type<Record<string, string>>().notNull().default({}),
    /** counts changes of command and environment */
    settingsVersion: integer("settings_version").notNull().default(1),

    state: text("state").$type<AppState>().notNull(),
    /** the settings' version that the last start had */
    settingsApplied: integer("settings_applied"),
    /** which secrets that start had, by their versions */
    secretsApplied: text("secrets_applied").notNull().default(""),
    commit: text("commit"),
    /** which script the last start ran */
    script: text("script", { enum: appScripts }).notNull().default("start"),
    /** the commit that ran well last, to which one that does not is taken back */
    commitProved: text("commit_proved"),
    /** a wanted commit that did not run well; asking for it again forgets that */
    commitRefused: text("commit_refused"),
    /** how far the change from one commit to another is */
    phase: text("phase", { enum: appPhases }).notNull().default("settled"),
    /** the data as they were before the change under way */
    snapshot: text("snapshot"),
    /** whose data people want in place of those that are there */
    restoreFrom: text("restore_from"),
    /** counts how often that was asked, and how often it was done or taken back */
    restoreAsked: integer("restore_asked").notNull().default(0),
    restoreDone: integer("restore_done").notNull().default(0),
    /** whether the change under way is a restore, and whether its data are there already */
    restoring: text("restoring", { enum: ["no", "begun", "brought"] })
      .notNull()
      .default("no"),
    port: integer("port"),
    /** what the start of the wanted commit waits for, in words */
    doing: text("doing"),
    exitCode: integer("exit_code"),
    restarts: integer("restarts").notNull().default(0),
    startedAt: at("started_at"),
    endedAt: at("ended_at"),
    /** a sentence: why it does not run */
    failure: text("failure"),
    logTail: jsonb("log_tail").$type<string[]>().notNull(),
    due: due("state <> 'stopped'"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("apps_tenant_key").on(t.organizationId, t.id),
    index("apps_project").on(t.projectId),
    index("apps_machine").on(t.machineId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
    foreignKey({
      columns: [t.organizationId, t.machineId],
      foreignColumns: [machines.organizationId, machines.id],
    }),
  ],
)

/** What was started, one row for each start of another version, and what became of it. */
export const appReleases = pgTable(
  "app_releases",
  {
    organizationId: organizationId(),
    appId: idColumn<"app">("app_id").notNull(),
    /** counts the app's releases */
    number: integer("number").notNull(),
    commit: text("commit").notNull(),
    settingsVersion: integer("settings_version").notNull().default(1),
    command: jsonb("command").$type<string[]>(),
    /** names only */
    variables: jsonb("variables").$type<string[]>().notNull().default([]),
    outcome: text("outcome").$type<Release["outcome"]>().notNull(),
    failure: text("failure"),
    startedAt: at("started_at").notNull(),
    endedAt: at("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.number] }),
    foreignKey({
      columns: [t.organizationId, t.appId],
      foreignColumns: [apps.organizationId, apps.id],
    }).onDelete("cascade"),
  ],
)
