import { type Fault, fault } from "@vibecaas/kernel/fault"
import { APIError } from "better-auth/api"
import { textField } from "./read-answer.ts"

/** Why the sign-in library refused, in our words. */
export async function refusal(response: Response): Promise<Fault> {
  const body: unknown = await response.json().catch(() => undefined)
  const code = textField(body, "code") ?? `HTTP_${response.status}`
  return refusals[code]?.() ?? unforeseen(response.status, `${code}: ${textField(body, "message")}`)
}

export function rethrowRefusal(error: unknown): never {
  if (!(error instanceof APIError)) throw error
  const code = textField(error.body, "code") ?? ""
  throw refusals[code]?.() ?? error
}

const wrongPassword = (field: string) => () =>
  fault("invalid", {
    say: "That is not your current password.",
    fields: { [field]: "That is not your current password." },
  })

const wrongCode = () =>
  fault("invalid", {
    say: "That code is not right.",
    fields: { "/code": "That code is not right, or its time is over. Enter the one shown now." },
  })

const usedCode = () =>
  fault("invalid", {
    say: "That code was used already.",
    fields: { "/code": "That code was used already. Wait until the app shows the next one." },
  })

const unseen = () =>
  fault("wrong_state", {
    say: "Your device did not ask who you are. Use one that asks for a PIN, a finger or a face.",
  })

const passkeyLate = () =>
  fault("wrong_state", { say: "The time for the passkey is over. Try again." })

const passkeyRefused = () =>
  fault("wrong_state", {
    say: "That passkey could not be added. Try again, or use another device.",
  })

const passkeyUnknown = () =>
  fault("unauthenticated", {
    say: "That passkey does not open an account here. It may have been removed.",
  })

const signInAnew = (why: string) => () =>
  fault("wrong_state", { say: `${why} Sign in with your password again.` })

const secondStepOff = () => fault("wrong_state", { say: "The second step is not on." })

const refusals: Record<string, () => Fault> = {
  ACCOUNT_DISABLED: () =>
    fault("forbidden", {
      say: "This account was disabled. Ask whoever runs this installation.",
    }),
  INVALID_EMAIL_OR_PASSWORD: () =>
    fault("unauthenticated", { say: "That address and password do not belong together." }),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: () =>
    fault("name_taken", {
      say: "There is an account with that address. Sign in instead.",
      fields: { "/email": "There is an account with that address." },
    }),
  INVALID_PASSWORD: wrongPassword("/currentPassword"),
  INVALID_TOKEN: () =>
    fault("wrong_state", { say: "This link was used, or its time is over. Ask for another one." }),
  UNAUTHORIZED: () => fault("unauthenticated", { say: "Sign in first." }),
  TOTP_ALREADY_ENABLED: () => fault("wrong_state", { say: "The second step is on already." }),
  TOTP_NOT_ENABLED: secondStepOff,
  TWO_FACTOR_NOT_ENABLED: secondStepOff,
  BACKUP_CODES_NOT_ENABLED: secondStepOff,
  INVALID_CODE: wrongCode,
  CODE_USED: usedCode,
  PERSON_NOT_SEEN: unseen,
  CHALLENGE_NOT_FOUND: passkeyLate,
  FAILED_TO_VERIFY_REGISTRATION: passkeyRefused,
  PASSKEY_NOT_FOUND: passkeyUnknown,
  AUTHENTICATION_FAILED: passkeyUnknown,
  INVALID_BACKUP_CODE: wrongCode,
  INVALID_TWO_FACTOR_COOKIE: signInAnew("The time for the code is over."),
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: signInAnew("Too many codes were wrong."),
  ACCOUNT_TEMPORARILY_LOCKED: () =>
    fault("rate_limited", {
      say: "Too many codes were wrong. Try again in 15 minutes.",
      retryable: true,
      retryAfterSeconds: 900,
    }),
}

function unforeseen(status: number, note: string): Fault {
  if (status < 500) return fault("malformed", { say: "The sign-in was not understood.", note })
  const say = "Signing in does not work right now. Try again in a moment."
  return fault("unavailable", { say, note, retryable: true })
}
