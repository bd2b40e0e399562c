import type { Inquiry } from "@vibecaas/contract/inquiry"
import type { runInquiries } from "../db/tables/inquiries.ts"

/**
 * An inquiry is what a call of a task asks people: written once, answered once. It is *open* until
 * somebody answered or its run ended; meanwhile its task is `asking` and nobody works on it.
 */
export type InquiryRow = typeof runInquiries.$inferSelect

/** How a row is shown by the API. */
export function showInquiry(row: InquiryRow): Inquiry {
  const { id, taskId, kind, state, text, choices, answer } = row
  return {
    ...{ id, taskId, kind, state, text, choices, answer },
    answeredBy: row.answeredByName,
    askedAt: row.askedAt.toISOString(),
    answeredAt: row.answeredAt?.toISOString() ?? null,
  }
}
