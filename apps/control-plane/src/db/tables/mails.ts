import type { Mail } from "@vibecaas/contract/kinds/mails"
import { pgTable, text } from "drizzle-orm/pg-core"
import { createdAt, due, idColumn, organizationId, updatedAt } from "./columns.ts"

/** What the platform writes to people, kept for seven days. */
export const mails = pgTable("mails", {
  id: idColumn<"mail">("id").primaryKey(),
  organizationId: organizationId(),
  to: text("to_address").notNull(),
  subject: text("subject").notNull(),
  /** sealed by the master key, since it may open something; null once it was sent */
  sealedText: text("sealed_text"),
  state: text("state").$type<Mail["state"]>().notNull().default("waiting"),
  failure: text("failure"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
  due: due("state = 'waiting'"),
})
