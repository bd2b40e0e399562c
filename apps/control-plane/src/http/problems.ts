import { type Problem, type PublicFaultCode, statusOf } from "@vibecaas/contract/faults"
import { type Fault, fault, isFault } from "@vibecaas/kernel/fault"

/** An answer that is not a success: RFC 9457 problem JSON and its headers. */
export interface ProblemAnswer {
  status: number
  code: PublicFaultCode
  headers: Record<string, string>
  body: Problem
  /** true for what we did not foresee: it is logged, and told without its insides */
  bug: boolean
}

/** The one place where failures become HTTP. */
export function problemFor(error: unknown, requestId: string): ProblemAnswer {
  const known = isFault(error) ? error : translate(error)
  // Its sentence was written for another part of the platform, not for a client.
  if (!known || !isPublic(known)) return answer(internalFault(), requestId)
  return answer(known, requestId)
}

function isPublic(known: Fault): known is Fault<PublicFaultCode> {
  return statusOf(known.code) !== undefined
}

export function sameNotFound(noun: string): Fault {
  return fault("not_found", {
    say: `There is no such ${noun}, or it is not yours to see.`,
  })
}

const titles: Partial<Record<PublicFaultCode, string>> = {
  malformed: "Not readable",
  unauthenticated: "Not signed in",
  invalid: "Not valid",
  internal: "Our mistake",
  unavailable: "Not available right now",
}

function answer(known: Fault<PublicFaultCode>, requestId: string): ProblemAnswer {
  const { code } = known
  const status = statusOf(code)
  const retryAfter = known.retryAfterSeconds ?? (status === 503 ? 5 : undefined)
  return {
    status,
    code,
    bug: code === "internal",
    headers: {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
      ...(retryAfter === undefined ? {} : { "retry-after": String(retryAfter) }),
    },
    body: {
      type: `/docs/api#fault-${code}`,
      title: titles[code] ?? titleOf(code),
      status,
      code,
      detail: known.say,
      requestId,
      ...(known.fields ? { fields: { ...known.fields } } : {}),
    },
  }
}

function titleOf(code: PublicFaultCode): string {
  const words = code.replaceAll("_", " ")
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function internalFault(): Fault<PublicFaultCode> {
  return fault("internal", {
    say: "Something went wrong on our side. Try again; if it stays, report the request's id.",
  })
}

const diskFull = () =>
  fault("disk_full", {
    say: "The server's disk is full. Free some space and try again.",
    retryable: true,
  })

/** Faults of Fastify and the file system in our words; the database's were translated where they arose. */
const translations: Record<string, () => Fault> = {
  FST_ERR_CTP_INVALID_JSON_BODY: () => fault("malformed", { say: "The body is not valid JSON." }),
  FST_ERR_CTP_EMPTY_JSON_BODY: () => fault("malformed", { say: "The body is empty." }),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    fault("malformed", { say: "The body is shorter or longer than its Content-Length." }),
  FST_ERR_BAD_URL: () => fault("malformed", { say: "The address is not readable." }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    fault("media_type", { say: "Send the body as application/json." }),
  ENOSPC: diskFull,
  EDQUOT: diskFull,
  FST_ERR_CTP_BODY_TOO_LARGE: () => fault("too_large", { say: "The body is too large." }),
}

function translate(error: unknown): Fault | undefined {
  const code = codeOf(error)
  if (code === undefined) return undefined
  return translations[code]?.() ?? (isRefusal(error) ? malformed() : undefined)
}

/** What the framework refuses for a reason of the client's that has no sentence of its own here. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error && "statusCode" in error)) return false
  const status = Number(error.statusCode)
  return codeOf(error)?.startsWith("FST_ERR_") === true && status >= 400 && status < 500
}

const malformed = () => fault("malformed", { say: "The request is not readable." })

function codeOf(error: unknown): string | undefined {
  const code = typeof error === "object" && error && "code" in error ? error.code : undefined
  return typeof code === "string" ? code : undefined
}
