import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Kind } from "../core/kind.ts"
import { record } from "../core/record.ts"
import type { Database } from "../db/tenant.ts"
import { showMail } from "./mail.ts"
import { listOutbox } from "./queries.ts"
import { type MailLoopParts, mailLoop } from "./reconcile-mail.ts"

export interface MailParts extends MailLoopParts {
  database: Database
  masterKey: MasterKey
}

/** What the platform writes to people: sent by a mail server, or read by who runs the installation. */
export function makeMail(parts: MailParts): Kind<"mails"> {
  return {
    handlers: {
      "GET /platform/mails": async ({ principal, actor }) => {
        const rows = await parts.database.asPlatform(listOutbox)
        const organizationId = principal.personalOrganizationId
        await parts.scope({ organizationId, actor }, async (ctx) =>
          record(ctx, {
            action: "outbox.read",
            subject: organizationId,
            details: { about: "Outbox" },
          }),
        )
        const items = rows.map((row) => showMail(parts.masterKey, row))
        return { simulated: parts.mailer === undefined, items }
      },
    },
    loops: [mailLoop(parts)],
  }
}
