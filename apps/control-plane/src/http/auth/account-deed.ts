import type { Person } from "./sessions.ts"

/** What somebody did with their own account, for the audit of their own organization. */
export interface AccountDeed {
  action:
    | "account.create"
    | "account.rename"
    | "session.start"
    | "session.recover"
    | "session.passkey"
    | "session.stop"
    | "session.end"
    | "password.change"
    | "address.change"
    | "address.confirm"
    | "second_step.on"
    | "second_step.off"
    | "second_step.codes"
    | "passkey.add"
    | "passkey.rename"
    | "passkey.remove"
  person: Person
  ip: string
  requestId: string
}
