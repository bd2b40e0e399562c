import type { ToolMode } from "@vibecaas/contract/kinds/mcp"
import {
  boolean,
  foreignKey,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
} from "drizzle-orm/pg-core"
import { at, createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** Servers whose tools a project's agents may use. */
export const mcpServers = pgTable(
  "mcp_servers",
  {
    id: idColumn<"mcp_server">("id").primaryKey(),
    organizationId: organizationId(),
    projectId: idColumn<"project">("project_id").notNull(),
    name: text("name").notNull(),
    url: text("url").notNull(),
    /** what is sent with each request; the values are in the vault */
    headerNames: text("header_names").array().notNull(),
    enabled: boolean("enabled").notNull(),
    /** what the last look saw; null before the first ended */
    seen: text("seen", { enum: ["ready", "unreachable"] }),
    seenDetail: text("seen_detail"),
    /** its own name and version */
    calls: text("calls"),
    /** how often a look was wanted, and which of these was the last that ended */
    lookWanted: integer("look_wanted").notNull(),
    looked: integer("looked").notNull(),
    lookedAt: at("looked_at"),
    version: integer("version").notNull(),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    due: due("enabled and looked < look_wanted"),
  },
  (t) => [
    unique("mcp_servers_tenant_key").on(t.organizationId, t.id),
    unique("mcp_servers_name").on(t.projectId, t.name),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)

/** Tools as the last look that reached their server saw them, with what people decided of them. */
export const mcpTools = pgTable(
  "mcp_tools",
  {
    organizationId: organizationId(),
    serverId: idColumn<"mcp_server">("server_id").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    inputSchema: jsonb("input_schema").$type<Record<string, unknown>>().notNull(),
    repeatable: boolean("repeatable").notNull(),
    mode: text("mode").$type<ToolMode>().notNull(),
    changed: boolean("changed").notNull(),
    unusable: text("unusable"),
    /** of all that the server said of it, also of what is cut or left out here */
    hash: text("hash").notNull(),
    position: integer("position").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.serverId, t.name] }),
    foreignKey({
      columns: [t.organizationId, t.serverId],
      foreignColumns: [mcpServers.organizationId, mcpServers.id],
    }).onDelete("cascade"),
  ],
)
