import { request } from "node:http"
import { setTimeout as sleep } from "node:timers/promises"
import type { Attachment } from "@vibecaas/contract/attachment"
import { type Call, makeClient } from "@vibecaas/contract/client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Platform } from "./platform.ts"

/** Somebody signed in, calling the API as a script does. */
export interface Person {
  call: Call
  cookie: string
  /** address of their own organization in the dashboard */
  root: string
}

export async function signIn(platform: Platform, who = platform.admin): Promise<Person> {
  return sessionOf(platform, "sign-in", who)
}

export async function signUp(platform: Platform, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}@example.com`
  return sessionOf(platform, "sign-up", { name, email, password: "a-long-enough-password" })
}

async function sessionOf(
  platform: Platform,
  way: "sign-in" | "sign-up",
  body: object,
): Promise<Person> {
  const answer = await fetch(`${loopback(platform)}/api/v1/auth/${way}/email`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${way} answered ${answer.status}: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ")
  const origin = loopback(platform)
  const call = makeClient({ baseUrl: origin, fetch, headers: () => ({ cookie, origin }) })
  const { organizations } = await call("GET /me", {})
  const own = organizations.find(({ personal }) => personal)
  return { call, cookie, root: `${platform.url}/o/${own?.slug}` }
}

const loopback = (platform: Platform) => `http://127.0.0.1:${platform.port}`

/** Waits until a run has ended, looking a few times a second; fails when it does not. */
export async function untilRunEnded(person: Person, runId: Run["id"], seconds = 120): Promise<Run> {
  for (let tries = 0; tries < seconds * 4; tries++) {
    const run = await person
      .call("GET /agents/runs/{runId}", { params: { runId } })
      .catch(() => undefined)
    if (run && ["succeeded", "partly", "failed", "cancelled"].includes(run.state)) return run
    await sleep(250)
  }
  throw new Error(`run ${runId} did not end within ${seconds} s`)
}

export interface PageAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface PageAsk {
  method?: string
  headers?: Record<string, string>
  body?: string
}

/** One request to a host of the platform; Node resolves no `*.localhost`, so it goes to loopback with that Host. */
export function ask(platform: Platform, url: string, options: PageAsk = {}): Promise<PageAnswer> {
  const { host, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port: platform.port,
        path: `${pathname}${search}`,
        method: options.method ?? "GET",
        headers: { host, ...options.headers },
      },
      (answer) => {
        let body = ""
        answer.setEncoding("utf8")
        answer.on("data", (text) => {
          body += text
        })
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        )
        answer.on("error", reject)
      },
    )
    outgoing.on("error", reject)
    outgoing.end(options.body)
  })
}

/** A project with a run at work on its prompt; where no language model plans, of the starter that clearly fits. */
export async function beginRun(
  person: Person,
  body: { prompt: string; preview?: Project["preview"]; attachments?: Attachment["id"][] },
) {
  const project = await person.call("POST /projects", { body: { ...body, confirm: "auto" } })
  if (!project.run) throw new Error(`no run was started: ${project.proposal?.state}`)
  return { ...project, run: project.run }
}

/** The run of a change; where no language model plans, what the prompt plainly says is confirmed. */
export async function askForChange(person: Person, projectId: Run["projectId"], goal: string) {
  const body = { projectId, goal, confirm: "auto" as const }
  const made = await person.call("POST /agents/runs", { body })
  if (!("tasks" in made)) throw new Error(`no run was started: ${made.reason ?? made.state}`)
  return made
}

/** Opens a private preview as a browser does: one-time address, cookie, clean address. Answers the cookie. */
export async function openPreview(
  platform: Platform,
  person: Person,
  projectId: Run["projectId"],
): Promise<string> {
  const { url } = await person.call("POST /projects/{projectId}/preview-links", {
    params: { projectId },
    body: { returnTo: "/" },
  })
  const answer = await ask(platform, url)
  const [cookie = ""] = answer.headers["set-cookie"] ?? []
  return String(cookie).split(";")[0] ?? ""
}

/** Opens a page again and again; `statuses`: the different answers, or why there was none. */
export function visitAllTheTime(platform: Platform, url: string) {
  const seen = new Set<number | string>()
  let [count, over] = [0, false]
  const going = (async () => {
    while (!over) {
      const answer = await ask(platform, url).catch(String)
      seen.add(typeof answer === "string" ? answer : answer.status)
      count += 1
      await sleep(20)
    }
  })()
  return {
    async end() {
      over = true
      await going
      return { statuses: [...seen], count }
    },
  }
}
