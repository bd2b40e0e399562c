import { secretEnvironments, secretTypes } from "@vibecaas/contract/secret-types"
import { sql } from "drizzle-orm"
import { foreignKey, index, integer, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core"
import { apps } from "./apps.ts"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"
import { organizations } from "./tenants.ts"

/** Where values were sealed before they were in the vault. */
export const broughtPlaces = [
  "mcp_servers.headers",
  "egress_rules.sealed_value",
  "project_ai.sealed_secret",
] as const

/** Named values that are sealed; the values are in the versions. */
export const secrets = pgTable(
  "secrets",
  {
    id: idColumn<"secret">("id").primaryKey(),
    organizationId: organizationId(),
    /** null: of the organization, beside its projects */
    projectId: idColumn<"project">("project_id"),
    /** the object of another kind that keeps it here, and alone uses it; null: a person made it */
    keptBy: text("kept_by"),
    name: text("name").notNull(),
    environment: text("environment", { enum: secretEnvironments }).notNull(),
    type: text("type", { enum: secretTypes }).notNull(),
    note: text("note").notNull(),
    /** the number of the version that counts */
    current: integer("current").notNull(),
    expiresAt: at("expires_at"),
    /** what is told of new versions, and the key that signs it, sealed as version 0 is */
    hookUrl: text("hook_url"),
    hookKey: text("hook_key"),
    hookTold: integer("hook_told").notNull(),
    hookFailure: text("hook_failure"),
    changes: integer("changes").notNull(),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    due: due("hook_url is not null and hook_told < current and hook_failure is null"),
  },
  (t) => [
    unique("secrets_tenant_key").on(t.organizationId, t.id),
    unique("secrets_name")
      .on(t.organizationId, t.projectId, t.keptBy, t.name, t.environment)
      .nullsNotDistinct(),
    index("secrets_kept").on(t.keptBy).where(sql`kept_by is not null`),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** The server's role writes `sealed` and does not read it: that is for the named functions. */
export const secretVersions = pgTable(
  "secret_versions",
  {
    organizationId: organizationId(),
    secretId: idColumn<"secret">("secret_id").notNull(),
    number: integer("number").notNull(),
    /** by the organization's data key, for this row alone */
    sealed: text("sealed").notNull(),
    setByName: text("set_by_name").notNull(),
    setAt: at("set_at").notNull(),
    /** the column that had it before the vault and for which it is sealed still; null: sealed for this row */
    broughtFrom: text("brought_from", { enum: broughtPlaces }),
  },
  (t) => [
    primaryKey({ columns: [t.secretId, t.number] }),
    index("secret_versions_brought").on(t.organizationId).where(sql`brought_from is not null`),
    foreignKey({
      columns: [t.organizationId, t.secretId],
      foreignColumns: [secrets.organizationId, secrets.id],
    }).onDelete("cascade"),
  ],
)

/** Who else may refer to a secret: one project of the same organization, or all of another one. */
export const secretShares = pgTable(
  "secret_shares",
  {
    id: idColumn<"secretShare">("id").primaryKey(),
    organizationId: organizationId(),
    secretId: idColumn<"secret">("secret_id").notNull(),
    toOrganizationId: idColumn<"organization">("to_organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    toProjectId: idColumn<"project">("to_project_id"),
    sharedByName: text("shared_by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("secret_shares_once")
      .on(t.secretId, t.toOrganizationId, t.toProjectId)
      .nullsNotDistinct(),
    index("secret_shares_to").on(t.toOrganizationId, t.toProjectId),
    foreignKey({
      columns: [t.organizationId, t.secretId],
      foreignColumns: [secrets.organizationId, secrets.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.toOrganizationId, t.toProjectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** What an app was last started with; the secret can be another organization's. */
export const secretUses = pgTable(
  "secret_uses",
  {
    organizationId: organizationId(),
    appId: idColumn<"app">("app_id").notNull(),
    variable: text("variable").notNull(),
    secretId: idColumn<"secret">("secret_id").notNull(),
    version: integer("version").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.appId, t.variable] }),
    index("secret_uses_secret").on(t.secretId),
    foreignKey({
      columns: [t.organizationId, t.appId],
      foreignColumns: [apps.organizationId, apps.id],
    }).onDelete("cascade"),
  ],
)
