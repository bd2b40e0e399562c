import { foreignKey, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core"
import { runTasks } from "./agents.ts"
import { at, idColumn, organizationId } from "./columns.ts"

/**
 * Calls whose effects lie outside of the platform, written before they are made. One without a row in
 * the journal broke off: nobody knows whether it took effect.
 */
export const begunCalls = pgTable(
  "begun_calls",
  {
    organizationId: organizationId(),
    taskId: idColumn<"task">("task_id").notNull(),
    /** as commits name theirs: `<task>/<try>/<call>` */
    call: text("call").notNull(),
    /** how often it was begun */
    times: integer("times").notNull(),
    begunAt: at("begun_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.taskId, t.call] }),
    foreignKey({
      columns: [t.organizationId, t.taskId],
      foreignColumns: [runTasks.organizationId, runTasks.id],
    }).onDelete("cascade"),
  ],
)
