import { type MachineState, purposes } from "@vibecaas/contract/kinds/machines"
import { foreignKey, index, integer, jsonb, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** A machine of a project: what is wanted, then what was observed. */
export const machines = pgTable(
  "machines",
  {
    id: idColumn<"machine">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    /** as people call it */
    name: text("name"),
    purpose: text("purpose", { enum: purposes }).notNull().default("live"),
    /** of a draft: the run it was made for, and when it got its copy of the live app's data */
    draftOf: text("draft_of"),
    draftFilledAt: at("draft_filled_at"),
    /** name of one of the driver's images; none means its only one */
    image: text("image"),
    cpuCount: integer("cpu_count").notNull(),
    memoryMib: integer("memory_mib").notNull(),
    diskMib: integer("disk_mib").notNull(),
    /** `blueprint` code may run with weaker isolation than a model's code */
    trust: text("trust", { enum: ["blueprint", "untrusted"] }).notNull(),

    wanted: text("wanted", { enum: ["running", "stopped", "gone"] }).notNull(),
    /** counts requests to restart; the loop acts when `restarted` is behind */
    restartWanted: integer("restart_wanted").notNull().default(0),

    state: text("state").$type<MachineState>().notNull(),
    restarted: integer("restarted").notNull().default(0),
    /** where its data lie; none before it first booted */
    hostId: text("host_id"),
    driver: text("driver"),
    isolation: text("isolation"),
    reaches: jsonb("reaches").$type<string[]>().notNull(),
    /** a sentence: why it does not run */
    failure: text("failure"),
    startedAt: at("started_at"),
    /** until when running time was metered */
    meteredUntil: at("metered_until"),
    due: due("not (wanted = 'stopped' and state = 'stopped')"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("machines_tenant_key").on(t.organizationId, t.id),
    index("machines_project").on(t.projectId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
  ],
)
