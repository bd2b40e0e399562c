import type { AccessLevel } from "@vibecaas/contract/project-access"
import type { Role } from "@vibecaas/contract/roles"
import {
  customType,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { at, createdAt, idColumn, organizationId } from "./columns.ts"
import { projects } from "./projects.ts"

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" })

/** Invitations that were neither accepted nor revoked. */
export const invitations = pgTable(
  "invitations",
  {
    id: idColumn<"invitation">("id").primaryKey(),
    organizationId: organizationId(),
    /** null: whoever has the link */
    email: text("email"),
    /** null: to one project only */
    role: text("role").$type<Role>(),
    projectId: idColumn<"project">("project_id"),
    level: text("level").$type<AccessLevel>(),
    /** SHA-256 of the token in the link; the token itself is nowhere */
    tokenHash: bytea("token_hash").notNull(),
    invitedById: text("invited_by_id").notNull(),
    invitedByName: text("invited_by_name").notNull(),
    createdAt: createdAt(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [
    unique("invitations_token").on(t.tokenHash),
    index("invitations_newest").on(t.organizationId, t.createdAt.desc()),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** What people may do in a project beside their role; who is no member is its guest. */
export const projectPeople = pgTable(
  "project_people",
  {
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    userId: text("user_id").notNull(),
    level: text("level").$type<AccessLevel>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.userId] }),
    index("project_people_user").on(t.userId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** Members who ask for a project that they do not see. */
export const accessRequests = pgTable(
  "access_requests",
  {
    id: idColumn<"access_request">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    userId: text("user_id").notNull(),
    note: text("note").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("access_requests_person").on(t.projectId, t.userId),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
