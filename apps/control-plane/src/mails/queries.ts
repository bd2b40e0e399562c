import type { IdOf } from "@vibecaas/contract/kinds"
import { eq } from "drizzle-orm"
import { mails } from "../db/tables/mails.ts"
import type { Tx } from "../db/tenant.ts"
import type { MailRow, OutboxRow } from "./mail.ts"

export async function insertMail(
  tx: Tx,
  row: Pick<MailRow, "id" | "organizationId" | "to" | "subject" | "sealedText" | "createdAt">,
): Promise<void> {
  await tx.orm.insert(mails).values({ ...row, updatedAt: row.createdAt })
}

export async function findMail(tx: Tx, id: IdOf<"mail">): Promise<MailRow | undefined> {
  return (await tx.orm.select().from(mails).where(eq(mails.id, id)))[0]
}

export async function updateMail(
  tx: Tx,
  id: IdOf<"mail">,
  set: Partial<Pick<MailRow, "state" | "failure" | "sealedText" | "updatedAt">>,
): Promise<void> {
  await tx.orm.update(mails).set(set).where(eq(mails.id, id))
}

/** Asks the named function: mails of all organizations, newest first. */
export function listOutbox(tx: Tx): Promise<OutboxRow[]> {
  const text = `
    select id, to_address as "to", subject, sealed_text as "sealedText", state, failure,
      created_at as "createdAt"
    from outbox_mails()`
  return tx.query<OutboxRow>({ name: "mail_outbox", text }, [])
}
