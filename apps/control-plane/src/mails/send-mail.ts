import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Ctx } from "../core/ctx.ts"
import { type Letter, sealText } from "./mail.ts"
import { insertMail } from "./queries.ts"

/** Writes a mail, which is sent when, and only when, this transaction commits. */
export async function sendMail(ctx: Ctx, masterKey: MasterKey, letter: Letter): Promise<void> {
  const id = ctx.newId("mai")
  const { to, subject, text } = letter
  await insertMail(ctx.db, {
    ...{ id, organizationId: ctx.organizationId, to, subject },
    ...{ sealedText: sealText(masterKey, { id, text }), createdAt: ctx.clock.now() },
  })
  ctx.wake("mails", id)
}
