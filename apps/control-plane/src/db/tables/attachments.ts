import { sql } from "drizzle-orm"
import {
  customType,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core"
import { runs } from "./agents.ts"
import { createdAt, idColumn, organizationId } from "./columns.ts"

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" })

/** Bytes by their hash: what an organization attaches twice is kept once. */
export const attachmentContents = pgTable(
  "attachment_contents",
  {
    organizationId: organizationId(),
    sha256: text("sha256").notNull(),
    content: bytea("content").notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.sha256] })],
)

/** Files that somebody uploaded; those that are given to no run within a day go. */
export const attachments = pgTable(
  "attachments",
  {
    id: idColumn<"attachment">("id").primaryKey(),
    organizationId: organizationId(),
    sha256: text("sha256").notNull(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["image", "text", "pdf"] }).notNull(),
    mediaType: text("media_type").notNull(),
    bytes: integer("bytes").notNull(),
    width: integer("width"),
    height: integer("height"),
    /** the run it was given to, with the project whose later runs see it too */
    runId: idColumn<"run">("run_id"),
    projectId: idColumn<"project">("project_id"),
    /** the number of the message it came with; null: it came with the goal */
    message: integer("message"),
    /** its place among those it came with */
    position: integer("position").notNull().default(0),
    /** where agents read it */
    path: text("path"),
    uploadedById: text("uploaded_by_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("attachments_path").on(t.runId, sql`lower(${t.path})`),
    index("attachments_run").on(t.runId),
    index("attachments_content").on(t.organizationId, t.sha256),
    index("attachments_not_given").on(t.createdAt).where(sql`run_id is null`),
    foreignKey({
      columns: [t.organizationId, t.sha256],
      foreignColumns: [attachmentContents.organizationId, attachmentContents.sha256],
    }),
    foreignKey({
      columns: [t.organizationId, t.runId],
      foreignColumns: [runs.organizationId, runs.id],
    }).onDelete("cascade"),
  ],
)
