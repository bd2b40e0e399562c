import { fault } from "@vibecaas/kernel/fault"
import { createTransport } from "nodemailer"
import { LetterRefused, type Mailer } from "../mail.ts"

export interface SmtpSettings {
  /** e.g. `smtps://user:password@mail.example.com` */
  url: string
  /** whom mails are from, e.g. `VibeCaaS <platform@example.com>` */
  from: string
}

/** A mail server is asked for so long at most, in `ms`. */
const patienceMs = 20_000

/** Takes mails to a server that speaks SMTP. */
export function smtpMailer({ url, from }: SmtpSettings): Mailer {
  const patience = { connectionTimeout: patienceMs, socketTimeout: patienceMs }
  const transport = createTransport({
    url,
    ...patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(letter) {
      try {
        await transport.sendMail({ from, ...letter })
      } catch (error) {
        throw translated(error)
      }
    },
  }
}

/** A reply of 500 and more is for good (RFC 5321, 4.2.1). */
function translated(error: unknown): Error {
  const { responseCode, message } = error as { responseCode?: number; message?: string } // so nodemailer throws
  const note = message ?? String(error)
  if (responseCode !== undefined && responseCode >= 500) return new LetterRefused(note)
  const say = "The mail server does not take mails right now."
  return fault("unavailable", { say, note, cause: error, retryable: true })
}
