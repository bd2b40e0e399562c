import type { Mail } from "@vibecaas/contract/kinds/mails"
import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import type { mails } from "../db/tables/mails.ts"

/** Something the platform writes to one person: plain text, since it has to say little. */
export type MailRow = typeof mails.$inferSelect

/** What is handed to a mail server. */
export interface Letter {
  to: string
  subject: string
  text: string
}

/** Takes mails to a server. Nothing is sent where there is none. */
export interface Mailer {
  /** @throws Error with what the server answered; `refused` when trying again cannot help */
  send(letter: Letter): Promise<void>
}

/** A mail server took the letter for wrong, and would again. */
export class LetterRefused extends Error {}

const contextOf = (id: string) => `mail:${id}`

export const sealText = (key: MasterKey, { id, text }: { id: string; text: string }) =>
  seal(key, Buffer.from(text), contextOf(id))

export function openText(
  key: MasterKey,
  row: { id: string; sealedText: string | null },
): string | null {
  return row.sealedText === null ? null : open(key, row.sealedText, contextOf(row.id)).toString()
}

export type OutboxRow = Pick<
  MailRow,
  "id" | "to" | "subject" | "sealedText" | "state" | "failure" | "createdAt"
>

export function showMail(key: MasterKey, row: OutboxRow): Mail {
  const { id, to, subject, state, failure } = row
  const createdAt = row.createdAt.toISOString()
  return { id, to, subject, text: openText(key, row), state, failure, createdAt }
}
