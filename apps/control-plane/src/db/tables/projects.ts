import { sql } from "drizzle-orm"
import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { at, createdAt, organizationId, updatedAt } from "./columns.ts"

export const projects = pgTable(
  "projects",
  {
    id: text("id").primaryKey(),
    organizationId: organizationId(),
    name: text("name").notNull(),
    /** false while the name is only the first words of what was asked: a plan may better it */
    nameGiven: boolean("name_given").notNull().default(true),
    slug: text("slug").notNull(),
    preview: text("preview", { enum: ["public", "private"] }).notNull(),
    wanted: text("wanted", { enum: ["present", "gone"] })
      .notNull()
      .default("present"),
    /** what a person sees; derived in `project.ts`, written with each observation */
    state: text("state").notNull().default("empty"),
    stateDetail: text("state_detail"),
    /** observations of the kinds to the right */
    runState: text("run_state"),
    runDetail: text("run_detail"),
    appState: text("app_state"),
    appDetail: text("app_detail"),
    goal: text("goal"),
    createdBy: text("created_by").notNull(),
    version: integer("version").notNull().default(1),
    deletedAt: at("deleted_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("projects_tenant_key").on(t.organizationId, t.id),
    index("projects_page").on(t.organizationId, t.updatedAt.desc(), t.id.desc()),
  ],
)

/** Slugs outlive their project: a visitor's service worker does too. */
export const projectSlugs = pgTable("project_slugs", {
  slug: text("slug").primaryKey(),
  organizationId: organizationId().default(sql`current_setting('app.organization')`),
  projectId: text("project_id").notNull(),
  createdAt: createdAt(),
})

/** A kind to the right keeps a project's row until its own part is torn down. */
export const projectHolds = pgTable(
  "project_holds",
  {
    organizationId: organizationId(),
    projectId: text("project_id").notNull(),
    holder: text("holder").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.projectId, t.holder] }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }),
  ],
)

/** Answers to `Idempotency-Key`, kept for 24 hours. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    organizationId: organizationId(),
    actorId: text("actor_id").notNull(),
    route: text("route").notNull(),
    key: text("key").notNull(),
    bodyHash: text("body_hash").notNull(),
    status: integer("status"),
    reply: text("reply"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.actorId, t.route, t.key] }),
    index("idempotency_keys_age").on(t.createdAt),
  ],
)
