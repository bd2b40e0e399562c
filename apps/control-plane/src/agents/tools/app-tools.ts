import { fault, isFault } from "@vibecaas/kernel/fault"
import { tool } from "ai"
import { z } from "zod"
import type { MachineSession, PageResult } from "../../apps/index.ts"
import { clip } from "../work/storable.ts"
import { type ToolDesk, toolCall, untrusted } from "./tool-call.ts"

const logBytesMax = 16_000
const pageCharsMax = 30_000
const pageMsMax = 15_000
const listenMsMax = 10_000

/** Tools that use the app in the project's machine. */
export function appTools(desk: ToolDesk) {
  return { start_app: startApp(desk), read_log: readLog(desk), fetch_page: fetchPage(desk) }
}

function startApp(desk: ToolDesk) {
  const { files, machine } = desk.bench
  return tool({
    description: "Starts the project's app, or starts it again, and waits until it listens.",
    inputSchema: z.object({}),
    execute: toolCall(desk, "start_app", () =>
      machine.use(async (session) => {
        const head = await files.head()
        if (!head) throw fault("not_found", { say: "The project has no files yet." })
        const { running, exitCode, logTail } = await session.startApp(head)
        if (running) desk.bench.ahead.onStarted(session, head)
        const printed = running ? await session.appLog(logBytesMax) : logTail.join("\n")
        const log = clip(printed, logBytesMax).text
        const title = running ? "started the app" : "tried to start the app: it does not listen"
        return { title, ok: running, output: { running, exitCode, log, ...untrusted } }
      }),
    ),
  })
}

function readLog(desk: ToolDesk) {
  return tool({
    description: "Shows the end of what the app printed, errors of failed requests among it.",
    inputSchema: z.object({}),
    execute: toolCall(desk, "read_log", () =>
      desk.bench.machine.use(async (session) => {
        const log = await session.appLog(logBytesMax)
        return { title: "read the app's log", output: { log, ...untrusted } }
      }),
    ),
  })
}

const headerValue = z
  .string()
  .max(4000)
  .regex(/^[\t\x20-\x7e]*$/)
const page = z.object({
  path: z.string().max(2000).describe("a path of the app, such as /api/books?finished=false"),
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]).optional(),
  headers: z
    .record(z.string().regex(/^[A-Za-z][\w-]{0,60}$/), headerValue)
    .optional()
    .describe("cookies that the app set are sent by themselves"),
  json: z.unknown().optional().describe("a body that is sent as JSON"),
  body: z.string().max(100_000).optional().describe("a body as it is, such as a form's a=1&b=2"),
  listenMs: z
    .number()
    .int()
    .min(100)
    .max(listenMsMax)
    .optional()
    .describe("how long to listen to a stream of events; 3000 when absent"),
})
type Page = z.infer<typeof page>

/** Headers that say how the request is carried: ours to write. */
const ours =
  /^(host|connection|content-length|transfer-encoding|upgrade|expect|keep-alive|te|trailer)$/i

function fetchPage(desk: ToolDesk) {
  const { machine, cookies } = desk.bench
  const fetched = toolCall(desk, "fetch_page", async (input: Page) => {
    const request = requestOf(input, cookies)
    const answer = await machine.use((session) => fetchOrRestart(desk, session, request))
    const body = clip(answer.body, pageCharsMax)
    const { status, headers, ended } = answer
    const truncated = answer.truncated || body.truncated
    const output = { status, headers, body: body.text, truncated, ended, ...untrusted }
    const title = `fetched ${request.method} ${request.path}: ${status}`
    return { title, ok: status < 500, output, truncated }
  })
  return tool({
    description:
      "Asks the running app for a page by its path. Redirects are shown, not followed. Of a stream of events you get what came while listening.",
    inputSchema: page,
    // A recorded answer sets its cookies too, as it did when it came.
    execute: async (input: Page, options) => keepCookies(cookies, await fetched(input, options)),
  })
}

/** @throws Fault `invalid` */
function requestOf(input: Page, cookies: ReadonlyMap<string, string>) {
  const headers: Record<string, string> = {}
  if (cookies.size > 0) {
    headers.cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ")
  }
  for (const [name, value] of Object.entries(input.headers ?? {})) {
    if (ours.test(name)) throw fault("invalid", { say: `The header ${name} cannot be set.` })
    headers[name.toLowerCase()] = value
  }
  if (input.json !== undefined) headers["content-type"] ??= "application/json"
  const body = input.json === undefined ? input.body : JSON.stringify(input.json)
  return {
    ...{ method: input.method ?? "GET", path: pagePath(input.path), headers },
    ...(body === undefined ? {} : { body }),
    ...(input.listenMs === undefined ? {} : { streamMs: input.listenMs }),
  }
}

const withCookies = z.object({ headers: z.object({ "set-cookie": z.string() }) })

function keepCookies<T>(cookies: Map<string, string>, output: T): T {
  const set = withCookies.safeParse(output).data?.headers["set-cookie"] ?? ""
  for (const line of set.split("\n").filter(Boolean)) {
    const [, name = "", value = ""] = /^\s*([^=;]+)=([^;]*)/.exec(line) ?? []
    const gone = /;\s*max-age=(0|-\d+)\s*(;|$)|;\s*expires=[^;]*\b19\d\d\b/i.test(line)
    if (gone) cookies.delete(name)
    else if (name) cookies.set(name, value)
  }
  return output
}

type PageRequest = Omit<Parameters<MachineSession["fetchPage"]>[0], "timeoutMs">

/** An app that a recorded call started may have gone with the crash that this turn resumes after. */
async function fetchOrRestart(
  { bench, journal }: ToolDesk,
  session: MachineSession,
  request: PageRequest,
): Promise<PageResult> {
  try {
    return await fetchFrom(session, request)
  } catch (error) {
    const started = journal.newest(({ name, ok }) => name === "start_app" && ok)
    const head = bench.resumed && started ? await bench.files.head() : null
    if (!head || !isFault(error, "page_failed")) throw error
    await session.startApp(head)
    return fetchFrom(session, request)
  }
}

/**
 * The path itself, never another host: what a browser would read as an address is refused.
 *
 * @throws Fault `invalid`
 */
export function pagePath(text: string): string {
  const refused = fault("invalid", {
    say: "Give a path of the app that starts with one slash, such as /api/books.",
  })
  if (!text.startsWith("/") || /[\\\p{C}]/u.test(text)) throw refused
  const url = URL.parse(text, "http://app.invalid")
  if (url?.host !== "app.invalid" || text.startsWith("//")) throw refused
  return url.pathname + url.search
}

/** @throws Fault `page_failed` when the app gives no answer */
export async function fetchFrom(
  session: MachineSession,
  request: PageRequest,
): Promise<PageResult> {
  try {
    return await session.fetchPage({ ...request, timeoutMs: pageMsMax })
  } catch (error) {
    if (!isFault(error)) throw error
    throw fault("page_failed", { say: `The app did not answer: ${error.say}`, cause: error })
  }
}
