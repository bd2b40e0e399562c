import type { MasterKey } from "@vibecaas/kernel/seal"
import type { Key } from "@vibecaas/reconcile/key"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Ctx, Parts } from "../core/ctx.ts"
import { inTurn, type Resource } from "../core/resource.ts"
import { type Rest, rest, worldLoop } from "../core/resource-loop.ts"
import { LetterRefused, type Mailer, type MailRow, openText } from "./mail.ts"
import { findMail, updateMail } from "./queries.ts"

export interface MailLoopParts extends Parts {
  masterKey: MasterKey
  /** undefined where no mail server is set */
  mailer: Mailer | undefined
  /** keys of mails that wait */
  due: () => Promise<Key[]>
}

const mailResource: Resource<MailRow> = {
  noun: "mail",
  loop: "mails",
  find: (ctx, id) => findMail(ctx.db, id),
  about: async (_, row) => row.subject,
  tell: () => {},
}

type Step = { do: "send" | "keep" }

export function nextStep(row: Pick<MailRow, "state">, hasServer: boolean): Step | Rest {
  if (row.state !== "waiting") return rest(null)
  return { do: hasServer ? "send" : "keep" }
}

/**
 * Sends what waits. A server that is away is asked again, ever later; what it refuses for good has
 * failed. A worker killed after the server took a mail sends it once more: nobody can know.
 */
export function mailLoop(parts: MailLoopParts): LoopDefinition {
  const { mailer, masterKey } = parts
  const hasServer = mailer !== undefined
  const settle = (ctx: Ctx, row: MailRow, set: Partial<MailRow>) =>
    updateMail(ctx.db, row.id, { ...set, updatedAt: ctx.clock.now() })
  return worldLoop<MailRow, undefined, Step>(parts, {
    of: mailResource,
    description: "Takes mails to the mail server, or keeps them where there is none",
    concurrency: 4,
    limits: { workMsMax: 24 * 60 * 60 * 1000 },
    due: parts.due,
    look: async () => undefined,
    next: (row) => nextStep(row, hasServer),
    take: async (_, { row, turn }) => {
      const set = mailer ? await sent(mailer, masterKey, row) : { state: "simulated" as const }
      await inTurn(parts, turn, (ctx) => settle(ctx, row, set))
    },
    ending: () => false,
    fail: (ctx, row, { say }) => settle(ctx, row, { state: "failed", failure: say }),
  })
}

async function sent(mailer: Mailer, key: MasterKey, row: MailRow): Promise<Partial<MailRow>> {
  try {
    await mailer.send({ to: row.to, subject: row.subject, text: openText(key, row) ?? "" })
    return { state: "sent", sealedText: null }
  } catch (error) {
    if (!(error instanceof LetterRefused)) throw error
    return { state: "failed", failure: error.message }
  }
}
