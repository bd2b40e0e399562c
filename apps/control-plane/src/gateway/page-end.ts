import type { IncomingMessage } from "node:http"
import { framePath, reloadPath } from "../core/own-paths.ts"
import type { AnswerHead } from "./answer-reader.ts"
import type { Exchange } from "./exchange.ts"
import { type Headers, headerOf, valuesOf } from "./headers.ts"
import type { Site } from "./site.ts"

/** Whether a browser opens a page by it, in a tab or in a frame: what a script fetches stays as it is. */
function opensPage({ method, headers }: IncomingMessage): boolean {
  const into = headers["sec-fetch-dest"]
  if (method !== "GET" && method !== "POST") return false
  if (into !== undefined) return into === "document" || into === "iframe"
  return /^\s*text\/html\b/.test(headers.accept ?? "")
}

/**
 * The start whose page this request opens; nothing where pages stay as they are. An app may answer before it
 * is written down that it does: such a page loads itself again with the first start that it hears of.
 */
export async function startOfPage(
  request: IncomingMessage,
  site: Site,
): Promise<string | undefined> {
  return site.starts && opensPage(request) ? ((await site.starts.newest()) ?? "early") : undefined
}

/** What must not be asked for a page that gets an end of ours: another form of it, or none. */
export const notAsked: ReadonlySet<string> = new Set([
  ...["accept-encoding", "if-none-match", "if-modified-since", "if-range", "range"],
])

/** The scripts of ours that end a page; nothing when the answer is none, or allows none of them. */
export function endOfPage(
  { start, framed }: Pick<Exchange, "start" | "framed">,
  { status, body, headers }: AnswerHead,
): Buffer | undefined {
  if ((start === undefined && !framed) || body === "none" || status === 206) return undefined
  if (!/^text\/html\s*(;|$)/i.test(headerOf(headers, "content-type") ?? "")) return undefined
  if (headerOf(headers, "content-encoding") !== undefined || !allow(headers, scriptRules))
    return undefined
  const reloads = start !== undefined && allow(headers, connectRules)
  const scripts = [
    // Not async: it is there before modules of the app run, and hears what fails in them.
    framed ? `<script src="${framePath}"></script>` : "",
    reloads ? `<script src="${reloadPath}" data-start="${start}" async></script>` : "",
  ].filter(Boolean)
  return scripts.length > 0 ? Buffer.from(`\n${scripts.join("\n")}\n`) : undefined
}

/** Its headers: the page is of this start, so nobody may keep it for later. */
export function headersWithEnd(headers: Headers, end: Buffer): Headers {
  const kept: Headers = []
  for (let at = 0; at < headers.length; at += 2) {
    const [name = "", value = ""] = [headers[at], headers[at + 1]]
    const lower = name.toLowerCase()
    if (lower === "content-length") kept.push(name, String(Number(value) + end.length))
    else if (!ofOtherPages.has(lower)) kept.push(name, value)
  }
  kept.push("Cache-Control", "no-store")
  return kept
}

const ofOtherPages = new Set([
  ...["etag", "last-modified", "cache-control", "expires", "content-md5", "digest"],
  ...["content-digest", "repr-digest", "accept-ranges"],
])

const scriptRules = ["script-src-elem", "script-src", "default-src"]
const connectRules = ["connect-src", "default-src"]

/** Whether all policies of a page let it load from its own host what these directives are for. */
function allow(headers: Headers, rules: readonly string[]): boolean {
  const policies = valuesOf(headers, "content-security-policy").flatMap((each) => each.split(","))
  return policies.every((policy) => allows(policy, rules) && !/(^|;)\s*sandbox\b/i.test(policy))
}

/** The first of these directives that a policy has is the one that counts. */
function allows(policy: string, names: readonly string[]): boolean {
  const directives = policy.split(";").map((each) => each.trim().toLowerCase().split(/\s+/))
  const found = names
    .map((name) => directives.find(([first]) => first === name))
    .find((each) => each !== undefined)
  if (!found) return true
  return !found.includes("'strict-dynamic'") && (found.includes("'self'") || found.includes("*"))
}
