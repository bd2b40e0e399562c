import type { IdOf } from "@vibecaas/contract/kinds"
import type { Permission } from "@vibecaas/contract/permissions"
import type { Role } from "@vibecaas/contract/roles"
import { customType, foreignKey, index, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at, createdAt, idColumn, organizationId } from "./columns.ts"

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" })

/** Keys by which programs make calls. One that was revoked has no row. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: idColumn<"api_key">("id").primaryKey(),
    organizationId: organizationId(),
    name: text("name").notNull(),
    permissions: text("permissions").array().$type<Permission[]>().notNull(),
    /** the role that its maker had: it never has more than that */
    role: text("role").$type<Role>().notNull(),
    /** null: all, also those that come */
    projectIds: text("project_ids").array().$type<IdOf<"project">[]>(),
    createdById: text("created_by_id").notNull(),
    createdByName: text("created_by_name").notNull(),
    expiresAt: at("expires_at"),
    /** to the minute */
    lastUsedAt: at("last_used_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("api_keys_tenant_key").on(t.organizationId, t.id),
    unique("api_keys_name").on(t.organizationId, t.name),
    index("api_keys_newest").on(t.organizationId, t.createdAt.desc(), t.id.desc()),
  ],
)

/** What opens a key: one, or two while the older one may still be used. */
export const apiKeySecrets = pgTable(
  "api_key_secrets",
  {
    id: idColumn<"api_key_secret">("id").primaryKey(),
    organizationId: organizationId(),
    keyId: idColumn<"api_key">("key_id").notNull(),
    /** HMAC-SHA-256 of the secret; the secret itself is nowhere */
    hash: bytea("hash").notNull(),
    ending: text("ending").notNull(),
    /** who was told it */
    toldToId: text("told_to_id").notNull(),
    createdAt: createdAt(),
    /** null: with its key */
    endsAt: at("ends_at"),
  },
  (t) => [
    unique("api_key_secrets_hash").on(t.hash),
    index("api_key_secrets_key").on(t.organizationId, t.keyId),
    foreignKey({
      columns: [t.organizationId, t.keyId],
      foreignColumns: [apiKeys.organizationId, apiKeys.id],
    }).onDelete("cascade"),
  ],
)
