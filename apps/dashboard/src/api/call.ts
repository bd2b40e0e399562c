import { makeClient } from "@vibecaas/contract/client"
import { noteRate } from "./rate.ts"

/** The API of the server that served this page; the session cookie says who asks. */
export const call = makeClient({
  baseUrl: "",
  fetch: (input, init) => fetch(input, init),
  onRate: noteRate,
})

/** A key for one intention of a person: sent again after a double click, it acts once. */
export function newIdempotencyKey(): string {
  // `randomUUID` exists only on secure origins; a plain-http host name is not one.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
