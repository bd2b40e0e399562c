import type { ProjectState } from "@vibecaas/contract/kinds/projects"
import type { Audience } from "@vibecaas/contract/project-access"
import type { VersionMark } from "@vibecaas/contract/version"
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
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"

export const projects = pgTable(
  "projects",
  {
    id: idColumn<"project">("id").primaryKey(),
    organizationId: organizationId(),
    name: text("name").notNull(),
    /** false while the name is only the first words of what was asked: a plan may better it */
    nameGiven: boolean("name_given").notNull().default(true),
    slug: text("slug").notNull(),
    preview: text("preview", { enum: ["public", "private"] }).notNull(),
    /** who of the organization sees it */
    audience: text("audience").$type<Audience>().notNull().default("organization"),
    /** what a run's draft begins with: a copy of what visitors wrote, or nothing of it */
    draftData: text("draft_data", { enum: ["copy", "none"] })
      .notNull()
      .default("copy"),
    wanted: text("wanted", { enum: ["present", "gone"] })
      .notNull()
      .default("present"),
    /** what a person sees; derived in `project.ts` from what the project's children signal */
    state: text("state").$type<ProjectState>().notNull().default("empty"),
    stateDetail: text("state_detail"),
    hasMachine: boolean("has_machine").notNull().default(false),
    goal: text("goal"),
    createdBy: text("created_by").notNull(),
    version: integer("version").notNull().default(1),
    deletedAt: at("deleted_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    due: due("wanted = 'gone' or state in ('working', 'starting', 'deleting')"),
  },
  (t) => [
    unique("projects_tenant_key").on(t.organizationId, t.id),
    index("projects_page").on(t.organizationId, t.updatedAt.desc(), t.id.desc()),
  ],
)

/** Versions that came about otherwise than by one commit of somebody's changes: what git does not tell of them. */
export const projectVersions = pgTable(
  "project_versions",
  {
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    /** its newest commit */
    commit: text("commit").notNull(),
    /** the commit it was made on; null: there was none */
    base: text("base"),
    kind: text("kind").$type<VersionMark>().notNull(),
    /** the commit that was restored, or the version that was undone */
    of: text("of"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.commit] }),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
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
