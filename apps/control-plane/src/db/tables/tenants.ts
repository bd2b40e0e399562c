import { index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import { createdAt, updatedAt } from "./columns.ts"

/** An organization's own row is guarded by its `id`; see the policies in the migrations. */
export const organizations = pgTable(
  "organizations",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    slug: text("slug").notNull(),
    /** the person whose personal organization this is */
    personalOf: text("personal_of"),
    /** the organization's data key, wrapped by the master key */
    dataKey: text("data_key").notNull(),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("organizations_slug").on(t.slug),
    uniqueIndex("organizations_personal_of").on(t.personalOf),
  ],
)

export const memberships = pgTable(
  "memberships",
  {
    organizationId: text("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    role: text("role", { enum: ["owner", "admin", "developer", "viewer"] }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.userId] }),
    index("memberships_user").on(t.userId),
  ],
)

export const platformAdmins = pgTable("platform_admins", {
  userId: text("user_id").primaryKey(),
  createdAt: createdAt(),
})
