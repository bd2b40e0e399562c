import type { RunMessage } from "@vibecaas/contract/run-message"
import type { runMessages } from "../db/tables/inquiries.ts"

/**
 * A message is what somebody wrote to a run at work. Each task at work hears it before its model's
 * next answer; one that starts later is told of it as it begins.
 */
export type MessageRow = typeof runMessages.$inferSelect

/** How a row is shown by the API. */
export function showMessage({ sentByName, sentAt, heardAt, ...row }: MessageRow): RunMessage {
  const { id, number, text } = row
  const at = { sentAt: sentAt.toISOString(), heardAt: heardAt?.toISOString() ?? null }
  return { id, number, text, sentBy: sentByName, ...at }
}
