import { request } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import { type Call, makeClient } from "@vibecaas/contract/client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Proposal } from "@vibecaas/contract/proposal"
import type { BenchPlatform } from "./platform.ts"

/** Signs the administrator in and answers a typed client of theirs. */
export async function signIn(platform: BenchPlatform): Promise<Call> {
  const origin = `http://127.0.0.1:${platform.port}`
  const answer = await fetch(`${origin}/api/v1/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(platform.admin),
  })
  if (!answer.ok) throw new Error(`signing in answered ${answer.status}`)
  const cookie = answer.headers.getSetCookie().map(nameAndValue).join("; ")
  return makeClient({ baseUrl: origin, fetch, headers: () => ({ cookie, origin }) })
}

export interface Page {
  status: number
  cookies: string[]
  body: string
}

/** One request to a host of the platform; Node resolves no `*.localhost`, so it goes to loopback. */
export function visit(
  platform: BenchPlatform,
  url: string,
  headers: Record<string, string> = {},
): Promise<Page> {
  const { host, pathname, search } = new URL(url)
  const target = { host: "127.0.0.1", port: platform.port, path: `${pathname}${search}` }
  return new Promise((resolve, reject) => {
    const outgoing = request({ ...target, headers: { host, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject)
      answer.on("end", () =>
        resolve({
          status: answer.statusCode ?? 0,
          cookies: answer.headers["set-cookie"] ?? [],
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    outgoing.on("error", reject).end()
  })
}

/** The cookie that opens a private preview, got as a browser gets it: by a one-time address. */
export async function previewCookie(platform: BenchPlatform, call: Call, project: Project) {
  const { url } = await call("POST /projects/{projectId}/preview-links", {
    params: { projectId: project.id },
    body: { returnTo: "/" },
  })
  const { cookies, status } = await visit(platform, url)
  const [cookie] = cookies
  if (!cookie) throw new Error(`the preview's one-time address answered ${status}`)
  return nameAndValue(cookie)
}

export async function untilRunEnded(call: Call, runId: Run["id"]): Promise<Run> {
  for (let tries = 0; tries < 400; tries++) {
    const run = await call("GET /agents/runs/{runId}", { params: { runId } })
    if (run.state === "succeeded" || run.state === "partly") return run
    if (run.state === "failed" || run.state === "cancelled") {
      throw new Error(`the run ${run.state}: ${run.failure}`)
    }
    await sleep(250)
  }
  throw new Error("the run did not end")
}

const nameAndValue = (cookie: string) => cookie.split(";", 1)[0] ?? ""

/** Confirms the proposal of a new project as it is; answers the run that builds it. */
export async function confirmFirst(
  call: Call,
  { proposal }: { proposal?: Proposal | undefined },
): Promise<Run["id"]> {
  const [best] = proposal?.choices ?? []
  if (!proposal || !best) throw new Error(`nothing was proposed: ${proposal?.reason}`)
  const { runId } = await call("POST /agents/proposals/{proposalId}/confirm", {
    params: { proposalId: proposal.id },
    body: { starter: { id: best.starterId, parameters: best.values } },
  })
  if (!runId) throw new Error("no run was started")
  return runId
}
