export type { Letter, Mailer } from "./mail.ts"
export { smtpMailer } from "./mailers/smtp.ts"
export { makeMail } from "./make-mail.ts"
export { sendMail } from "./send-mail.ts"
