import type { MoveState, MoveWay } from "@vibecaas/contract/kinds/moves"
import { foreignKey, index, jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"
import { projects } from "./projects.ts"

/** What was asked for, with all that its steps need; never a secret. */
export interface MoveRequest {
  /** of a way from a git server */
  git?: { url: string; branch: string | null }
  /** of a copy: of which project, and what of it */
  copy?: { projectId: string; history: boolean; variables: boolean; data: boolean }
  /** of a transfer: where to, and which machines ran when it began */
  transfer?: { to: string; ran: string[] }
}

/** What brings projects in, copies them and gives them to other organizations. */
export const projectMoves = pgTable(
  "project_moves",
  {
    id: idColumn<"move">("id").primaryKey(),
    organizationId: organizationId(),
    /** the project that is brought in, is to be the copy, or is given away */
    projectId: idColumn<"project">("project_id").notNull(),
    way: text("way").$type<MoveWay>().notNull(),
    wanted: text("wanted", { enum: ["done", "cancelled"] })
      .notNull()
      .default("done"),
    state: text("state").$type<MoveState>().notNull(),
    /** where it comes from, in words */
    from: text("from_where").notNull(),
    request: jsonb("request").$type<MoveRequest>().notNull(),
    /** what it is at, in words */
    doing: text("doing"),
    leftOut: jsonb("left_out").$type<string[]>().notNull().default([]),
    failure: text("failure"),
    startedById: text("started_by_id").notNull(),
    startedByName: text("started_by_name").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
    due: due("state in ('waiting', 'working')"),
  },
  (t) => [
    index("project_moves_project").on(t.projectId, t.id),
    foreignKey({
      columns: [t.organizationId, t.projectId],
      foreignColumns: [projects.organizationId, projects.id],
    }).onDelete("cascade"),
  ],
)
