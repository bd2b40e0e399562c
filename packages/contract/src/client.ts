import type { Problem } from "./faults.ts"
import { type Rate, rateIn } from "./rate.ts"
import type { RouteReply, RouteRequest } from "./route.ts"
import type { RouteName, Routes } from "./routes.ts"

/** A failed call: the problem the server described, or that it could not be reached (`status` 0). */
export class ApiError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = "ApiError"
    this.problem = problem
  }
}

export interface ClientOptions {
  /** origin of the platform without a trailing slash; `""` in a browser */
  baseUrl: string
  fetch: typeof fetch
  headers?: () => Record<string, string>
  /** is told after each answer how far the caller is from a limit */
  onRate?: (rate: Rate) => void
}

export interface CallOptions {
  signal?: AbortSignal
  idempotencyKey?: string
  /** the `version`, or the commit, that the change is based on */
  ifMatch?: number | string
}

/**
 * A typed call per row of the route table; it carries no schema code.
 *
 * @example const page = await call("GET /projects", { query: { limit: 20 } })
 * @throws ApiError
 */
export type Call = <N extends RouteName>(
  name: N,
  request: RouteRequest<Routes[N]>,
  options?: CallOptions,
) => Promise<RouteReply<Routes[N]>>

export function makeClient(client: ClientOptions): Call {
  return async (name, request, options = {}) => {
    const [method = "GET", path = "/"] = name.split(" ")
    const { params, query, body, bytes } = request as RequestParts
    const url = `${client.baseUrl}/api/v1${fillPath(path, params)}${queryText(query)}`
    const response = await send(client, url, {
      method,
      headers: headersFor(
        client,
        options,
        bytes ? bytesType : body === undefined ? null : jsonType,
      ),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(bytes ? { body: bytes } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    })
    const rate = client.onRate && rateIn(response.headers)
    if (rate) client.onRate?.(rate)
    return answerOf(response)
  }
}

interface RequestParts {
  params?: Record<string, unknown>
  query?: Record<string, unknown>
  body?: unknown
  bytes?: Blob
}

const jsonType = "application/json"
const bytesType = "application/octet-stream"

function fillPath(path: string, params: Record<string, unknown> = {}): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(String(params[name])))
}

function queryText(query: Record<string, unknown> = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined)
  if (entries.length === 0) return ""
  return `?${new URLSearchParams(Object.fromEntries(entries.map(([name, value]) => [name, String(value)])))}`
}

function headersFor(client: ClientOptions, options: CallOptions, type: string | null) {
  return {
    accept: "application/json",
    ...(type === null ? {} : { "content-type": type }),
    ...(options.idempotencyKey ? { "idempotency-key": options.idempotencyKey } : {}),
    ...(options.ifMatch === undefined ? {} : { "if-match": `"${options.ifMatch}"` }),
    ...client.headers?.(),
  }
}

async function send(client: ClientOptions, url: string, init: RequestInit): Promise<Response> {
  try {
    return await client.fetch(url, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ApiError(
      localProblem("The server did not answer. Check the connection and try again."),
    )
  }
}

// The reply's type is what the route table promises; the server validates it before sending.
// biome-ignore lint/suspicious/noExplicitAny: narrowed by `Call`
async function answerOf(response: Response): Promise<any> {
  if (response.status === 204) return undefined
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body
  throw new ApiError(
    isProblem(body)
      ? body
      : localProblem(`The server answered ${response.status}.`, response.status),
  )
}

function isProblem(body: unknown): body is Problem {
  return typeof body === "object" && body !== null && "code" in body && "detail" in body
}

function localProblem(detail: string, status = 0): Problem {
  return {
    type: "about:blank",
    title: "Not answered",
    status,
    code: "unreachable",
    detail,
    requestId: "",
  }
}
