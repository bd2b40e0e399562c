import { index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core"
import { at, createdAt, due, updatedAt } from "./columns.ts"

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
    wanted: text("wanted", { enum: ["present", "gone"] })
      .notNull()
      .default("present"),
    deletedAt: at("deleted_at"),
    /** since when administrators of the installation keep it closed, and why */
    disabledAt: at("disabled_at"),
    disabledReason: text("disabled_reason"),
    disabledByName: text("disabled_by_name"),
    due: due("wanted = 'gone'"),
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

/** People whom administrators shut out. Only named functions read it. */
export const disabledPeople = pgTable("disabled_people", {
  userId: text("user_id").primaryKey(),
  reason: text("reason").notNull(),
  byName: text("by_name").notNull(),
  disabledAt: at("disabled_at").notNull(),
})

/** When people were here last, within some minutes. */
export const peopleSeen = pgTable("people_seen", {
  userId: text("user_id").primaryKey(),
  seenAt: at("seen_at").notNull(),
})

/** Sign-ins by which administrators look as somebody. */
export const impersonations = pgTable(
  "impersonations",
  {
    sessionId: text("session_id").primaryKey(),
    userId: text("user_id").notNull(),
    adminId: text("admin_id").notNull(),
    adminName: text("admin_name").notNull(),
    adminSessionId: text("admin_session_id").notNull(),
    reason: text("reason").notNull(),
    endsAt: at("ends_at").notNull(),
  },
  (t) => [index("impersonations_user").on(t.userId)],
)

/** Values of the installation, which are no organization's: sealed by the master key, the newest of a name counts. */
export const platformKeys = pgTable(
  "platform_keys",
  {
    name: text("name").notNull(),
    number: integer("number").notNull(),
    /** read by a named function alone */
    sealed: text("sealed").notNull(),
    setByName: text("set_by_name").notNull(),
    setAt: at("set_at").notNull(),
    /** as of `secret_versions` */
    broughtFrom: text("brought_from", {
      enum: ["platform_keys.sealed", "model_providers.sealed_key"],
    }),
  },
  (t) => [primaryKey({ columns: [t.name, t.number] })],
)
