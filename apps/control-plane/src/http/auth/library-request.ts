import { authBase } from "./library.ts"

/** One call of the sign-in library. */
export interface LibraryCall {
  /** below `/api/v1/auth`, e.g. `/sign-in/email` */
  path: string
  /** read by GET without one */
  body?: unknown
  cookie: string | undefined
  ip: string
  userAgent: string | undefined
}

/** A request of our own making: nothing the client sent passes but these fields. */
export function requestFor(publicUrl: string, call: LibraryCall): Request {
  const headers = new Headers({ origin: publicUrl, "x-client-address": call.ip })
  if (call.cookie) headers.set("cookie", call.cookie)
  if (call.userAgent) headers.set("user-agent", call.userAgent)
  const url = `${publicUrl}${authBase}${call.path}`
  if (call.body === undefined) return new Request(url, { headers })
  headers.set("content-type", "application/json")
  return new Request(url, { method: "POST", headers, body: JSON.stringify(call.body) })
}
