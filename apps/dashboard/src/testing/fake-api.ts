import type { RouteInput, RouteReply } from "@vibecaas/contract/route"
import { type RouteName, type Routes, routes } from "@vibecaas/contract/routes"
import { onTestFinished } from "vitest"

/** What a test answers a call with; an answer that breaks the contract fails the test. */
export type FakeHandlers = {
  [N in RouteName]?: (
    input: RouteInput<Routes[N]>,
  ) => RouteReply<Routes[N]> | Refused | Promise<RouteReply<Routes[N]> | Refused>
}

/** An answer that is a problem; `fields` are keyed by JSON pointers of the body. */
export class Refused {
  readonly problem: {
    status: number
    detail: string
    code?: string
    fields?: Record<string, string>
  }
  constructor(problem: Refused["problem"]) {
    this.problem = problem
  }
}

export interface FakeApi {
  /** calls so far, e.g. `GET /me`, oldest first */
  calls: { route: RouteName; input: { params: unknown; query: unknown; body: unknown } }[]
  /** what was sent by a method, e.g. `PATCH`, oldest first */
  sent(method: string): FakeApi["calls"][number]["input"][]
  /** replaces handlers for the rest of the test */
  answer(handlers: FakeHandlers): void
}

/**
 * A server made from the contract's table: it takes what the real client of the dashboard sends,
 * reads it with the contract's schemas, and answers what the test says. There for one test.
 */
export function fakeApi(handlers: FakeHandlers): FakeApi {
  const now: FakeHandlers = { ...handlers }
  const calls: FakeApi["calls"] = []
  const before = globalThis.fetch
  globalThis.fetch = async (url, init) => {
    const request = new Request(new URL(String(url), "http://dashboard.test"), init)
    const found = find(request)
    const answer = await serve(now, calls, { request, found })
    return answer
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  return {
    calls,
    sent: (method) =>
      calls.filter(({ route }) => route.startsWith(method)).map(({ input }) => input),
    answer: (more) => void Object.assign(now, more),
  }
}

/** A list of which nothing more is to be read. */
export const page = <Item>(items: readonly Item[]) => ({ items: [...items], nextCursor: null })

interface Found {
  route: RouteName
  params: Record<string, string>
}

function find(request: Request): Found {
  const path = new URL(request.url).pathname.replace("/api/v1", "")
  for (const route of Object.keys(routes) as RouteName[]) {
    const [method, pattern = ""] = route.split(" ")
    const shape = new RegExp(`^${pattern.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`)
    const match = method === request.method ? shape.exec(path) : null
    if (match) return { route, params: { ...match.groups } }
  }
  throw new Error(`the contract has no ${request.method} ${path}`)
}

async function serve(
  handlers: FakeHandlers,
  calls: FakeApi["calls"],
  { request, found }: { request: Request; found: Found },
): Promise<Response> {
  const { route } = found
  const row = routes[route]
  const text = await request.text()
  const input = {
    params: "params" in row ? row.params.parse(found.params) : undefined,
    query: "query" in row ? row.query.parse(queryOf(request)) : undefined,
    body: "body" in row && text ? row.body.parse(JSON.parse(text)) : undefined,
  }
  calls.push({ route, input })
  // Each handler takes what its own row reads.
  const handler = handlers[route] as ((input: unknown) => unknown) | undefined
  if (!handler) return problem({ status: 500, detail: `the test answers no ${route}` })
  const answer = await handler(input)
  if (answer instanceof Refused) return problem(answer.problem)
  const body = "body" in row.reply ? row.reply.body?.parse(answer) : undefined
  const { status } = row.reply
  return status === 204 ? new Response(null, { status }) : Response.json(body ?? null, { status })
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams)
}

function problem({ status, detail, code = "invalid", fields }: Refused["problem"]): Response {
  const body = {
    ...{ type: "about:blank", title: "Refused", status, code, detail },
    requestId: "req_01k9x3v8hde8r8z6h3gk5c2v9w",
    ...(fields ? { fields } : {}),
  }
  return Response.json(body, { status })
}
