import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { customType, index, integer, pgTable, text } from "drizzle-orm/pg-core"
import { createdAt, idColumn, organizationId } from "./columns.ts"

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" })

/** Starters that an organization made of its own projects; those of the platform are in files. */
export const starters = pgTable(
  "starters",
  {
    id: idColumn<"starter">("id").primaryKey(),
    organizationId: organizationId(),
    name: text("name").notNull(),
    summary: text("summary").notNull(),
    category: text("category").$type<StarterSummary["category"]>().notNull(),
    stack: text("stack").$type<StarterSummary["stack"]>().notNull(),
    /** the project it was made of, which may be gone */
    projectId: idColumn<"project">("project_id").notNull(),
    projectName: text("project_name").notNull(),
    commit: text("commit").notNull(),
    /** its files, packed by `pack-files.ts`, and how many they are */
    files: bytea("files").notNull(),
    filesCount: integer("files_count").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("starters_newest").on(t.organizationId, t.createdAt.desc(), t.id)],
)
