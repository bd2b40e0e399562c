import { purposes } from "@vibecaas/contract/kinds/machines"
import { egressDecisions } from "@vibecaas/contract/kinds/network"
import { bigint, foreignKey, index, integer, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at, createdAt, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** Domains that a project's machines may reach. */
export const egressRules = pgTable(
  "egress_rules",
  {
    id: idColumn<"egressRule">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    /** exact, or `*.` and a domain */
    host: text("host").notNull(),
    port: integer("port").notNull(),
    /** of a service: its name, and the header it is asked with, whose value is in the vault */
    name: text("name"),
    header: text("header"),
    reason: text("reason").notNull(),
    allowedByName: text("allowed_by_name").notNull(),
    version: integer("version").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("egress_rules_name").on(t.projectId, t.name),
    index("egress_rules_project").on(t.projectId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** What machines of a project connected to, the newest of it: no path and no content. */
export const egressLog = pgTable(
  "egress_log",
  {
    id: idColumn<"egressEntry">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    at: at("at").notNull(),
    host: text("host").notNull(),
    port: integer("port").notNull(),
    purpose: text("purpose", { enum: purposes }).notNull(),
    decision: text("decision", { enum: egressDecisions }).notNull(),
    why: text("why"),
    bytesSent: bigint("bytes_sent", { mode: "number" }).notNull(),
    bytesReceived: bigint("bytes_received", { mode: "number" }).notNull(),
  },
  (t) => [
    index("egress_log_newest").on(t.projectId, t.id),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
