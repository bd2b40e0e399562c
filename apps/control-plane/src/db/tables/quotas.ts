import { bigint, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { createdAt, organizationId, updatedAt } from "./columns.ts"
import { organizations } from "./tenants.ts"

export const organizationPlans = pgTable("organization_plans", {
  organizationId: text("organization_id")
    .primaryKey()
    .references(() => organizations.id, { onDelete: "cascade" }),
  plan: text("plan", { enum: ["starter", "pro", "team"] }).notNull(),
  updatedAt: updatedAt(),
})

/** Limits that an organization has in place of its plan's. */
export const organizationLimits = pgTable(
  "organization_limits",
  {
    organizationId: organizationId().references(() => organizations.id, { onDelete: "cascade" }),
    resource: text("resource").notNull(),
    amount: bigint("amount", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.resource] })],
)

/** One row per thing that counts against a limit, made in its creator's transaction. */
export const quotaReservations = pgTable(
  "quota_reservations",
  {
    organizationId: organizationId().references(() => organizationPlans.organizationId, {
      onDelete: "cascade",
    }),
    resource: text("resource").notNull(),
    subject: text("subject").notNull(),
    amount: bigint("amount", { mode: "number" }).notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.resource, t.subject] }),
    index("quota_reservations_sum").on(t.organizationId, t.resource),
  ],
)
