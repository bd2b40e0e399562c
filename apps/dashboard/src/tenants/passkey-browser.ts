import type { Problem } from "@vibecaas/contract/faults"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"

/** Speaks WebAuthn with the browser; loaded when it is wanted. */
const library = () => import("@simplewebauthn/browser")
type Library = Awaited<ReturnType<typeof library>>

/** Whether the browser knows passkeys at all; never while the page is made by the server. */
export const knowsPasskeys = () =>
  typeof window !== "undefined" && window.PublicKeyCredential !== undefined

/** Has the browser make a passkey, once the password was told. */
export async function addPasskey({ name, password }: { name: string; password: string }) {
  const { options } = await call("POST /auth/passkeys/begin", { body: { password } })
  const { startRegistration } = await library()
  type Options = Parameters<Library["startRegistration"]>[0]["optionsJSON"]
  const response = await startRegistration({ optionsJSON: options as unknown as Options }) // as the server's library writes them
  return call("POST /auth/passkeys", { body: { name, response: { ...response } } })
}

/**
 * Signs in by a passkey that the person picks.
 *
 * @param how `offered`: among what the browser offers in the field of the address, whenever that may be
 */
export async function signInByPasskey(how: "asked" | "offered") {
  const { options } = await call("POST /auth/sign-in/passkey/begin", { body: {} })
  const { startAuthentication } = await library()
  type Options = Parameters<Library["startAuthentication"]>[0]["optionsJSON"]
  const response = await startAuthentication({
    optionsJSON: options as unknown as Options, // as the server's library writes them
    useBrowserAutofill: how === "offered",
  })
  return call("POST /auth/sign-in/passkey", { body: { response: { ...response } } })
}

/** Whether the browser offers passkeys where an address is typed. */
export async function offersPasskeys(): Promise<boolean> {
  return knowsPasskeys() && (await library()).browserSupportsWebAuthnAutofill()
}

/** What went wrong between the browser and the device, or at the server. */
export function passkeyProblem(error: unknown): Problem {
  const problem = problemOf(error)
  const said = nameOf(error) && sentences[nameOf(error)]
  return said ? { ...problem, status: 400, detail: said } : problem
}

const nameOf = (error: unknown) =>
  error instanceof Error || error instanceof DOMException ? error.name : ""

const sentences: Record<string, string> = {
  NotAllowedError: "Nothing was picked, or its time was over. Try again.",
  AbortError: "Nothing was picked, or its time was over. Try again.",
  InvalidStateError: "This device has a passkey of your account already.",
  SecurityError: "Passkeys work only at the address that the administrator set for this server.",
  NotSupportedError: "This device makes no passkeys that this server takes.",
}
