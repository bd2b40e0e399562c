import { fault } from "@vibecaas/kernel/fault"

/** What the checks look at; header names in lower case. */
export interface GuardedRequest {
  method: string
  headers: Record<string, string | string[] | undefined>
}

const readMethods = new Set(["GET", "HEAD", "OPTIONS"])

/**
 * A write that carries a cookie must come from one of our own pages. Browsers attach a cookie to
 * what other sites send, on a shared domain even the strict ones, but they always tell the origin.
 *
 * @throws Fault `origin_refused`
 */
export function checkOrigin(origins: readonly string[], request: GuardedRequest): void {
  if (readMethods.has(request.method)) return
  const { origin, cookie } = request.headers
  if (origin === undefined && cookie === undefined) return
  if (typeof origin === "string" && origins.includes(origin)) return
  throw fault("origin_refused", {
    say: `A change made with a cookie needs the header “Origin: ${origins[0]}”.`,
    note: `origin was ${origin}`,
  })
}

/**
 * Forms and plain text can be sent across sites without asking; JSON cannot.
 *
 * @throws Fault `media_type`
 */
export function checkMediaType(request: GuardedRequest): void {
  if (readMethods.has(request.method)) return
  const type = request.headers["content-type"]
  if (type === undefined ? !hasBody(request) : isJson(type)) return
  throw fault("media_type", { say: "Send the body as application/json." })
}

function hasBody(request: GuardedRequest): boolean {
  const length = request.headers["content-length"]
  return request.headers["transfer-encoding"] !== undefined || (length ?? "0") !== "0"
}

function isJson(type: string | string[]): boolean {
  const [name] = String(type).split(";")
  return name?.trim().toLowerCase() === "application/json"
}
