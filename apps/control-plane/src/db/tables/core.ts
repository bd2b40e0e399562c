import { sql } from "drizzle-orm"
import { boolean, foreignKey, index, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core"
import type { Phase } from "../../core/phase.ts"
import { at, createdAt, organizationId } from "./columns.ts"

/**
 * Every object that a call or a loop can name, kept by the triggers that `register_kind` puts on
 * each kind's table: who owns it, and whether its loop must look at it now.
 */
export const objects = pgTable(
  "objects",
  {
    id: text("id").primaryKey(),
    /** the noun by which calls name it */
    noun: text("noun").notNull(),
    /** the loop that looks after it, if any */
    loop: text("loop"),
    organizationId: organizationId(),
    /** the project that it is, or is of; null: of none */
    projectId: text("project_id"),
    due: boolean("due").notNull().default(false),
  },
  (t) => [
    unique("objects_tenant_key").on(t.organizationId, t.id),
    index("objects_due").on(t.loop).where(sql`${t.due}`),
  ],
)

/** Something that hangs on another object keeps its row until its own part is torn down. */
export const holds = pgTable(
  "holds",
  {
    organizationId: organizationId(),
    parentId: text("parent_id").notNull(),
    /** the holder: an object of that loop, which is woken when the parent is to go */
    loop: text("loop").notNull(),
    holderId: text("holder_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.parentId, t.loop, t.holderId] }),
    foreignKey({
      columns: [t.organizationId, t.parentId],
      foreignColumns: [objects.organizationId, objects.id],
    }),
  ],
)

/** What an object's children say of themselves, in the words of `core/signals.ts`; one row a child. */
export const signals = pgTable(
  "signals",
  {
    organizationId: organizationId(),
    parentId: text("parent_id").notNull(),
    /** the child, by its loop and, where there are several, its id: `runs`, `apps/app_…` */
    child: text("child").notNull(),
    phase: text("phase").$type<Phase>().notNull(),
    detail: text("detail"),
    /** what the child is about, in words */
    about: text("about"),
    /** when it last was news of the parent itself */
    newsAt: at("news_at"),
  },
  (t) => [
    primaryKey({ columns: [t.parentId, t.child] }),
    foreignKey({
      columns: [t.organizationId, t.parentId],
      foreignColumns: [objects.organizationId, objects.id],
    }).onDelete("cascade"),
  ],
)
