import { setTimeout as sleep } from "node:timers/promises"
import { ApiError, type Call } from "@vibecaas/contract/client"
import { allow } from "@vibecaas/contract/inquiry"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Proposal } from "@vibecaas/contract/proposal"

/** What the platform made of a prompt, and what it says of it. */
export interface Answer {
  outcome: "built" | "waiting" | "declined" | "failed"
  /** why, in the platform's words */
  reason: string | null
  /** passages of the prompt, and whether they are said to be built */
  said: { words: string; built: boolean }[]
  /** passages that are said to ask for nothing */
  filler: string[]
  project: { id: Project["id"]; name: string } | null
  /** what the app began with, if a proposal said so */
  starter: string | null
  /** a proposal waited for a person first */
  waited: boolean
  /** where the app is, if one is */
  url: string | null
  tokens: number
  cents: number
  /** answers of models without a price */
  unpriced: number
  /** what the agents asked people, which was answered for them */
  questions: number
  /** from the prompt to its end, in `s` */
  seconds: number
}

type Made = Omit<Answer, "seconds">

const nothing: Made = {
  ...{
    outcome: "failed",
    reason: null,
    said: [],
    filler: [],
    project: null,
    starter: null,
    waited: false,
    url: null,
  },
  ...{ tokens: 0, cents: 0, unpriced: 0, questions: 0 },
}

export interface Asked {
  prompt: string
  minutesMax: number
  /** confirms the first choice of a proposal that waits; otherwise it stays waiting */
  first: boolean
}

/** Sends a prompt as a person does, and waits for the end of what comes of it. */
export async function askPlatform(call: Call, asked: Asked): Promise<Answer> {
  const began = performance.now()
  const made = await madeOf(call, asked).catch((error: unknown): Made => {
    if (!(error instanceof ApiError)) throw error
    // What is refused at once, with a sentence about the prompt, is declined.
    const { code, detail } = error.problem
    return { ...nothing, outcome: code === "invalid" ? "declined" : "failed", reason: detail }
  })
  return { ...made, seconds: (performance.now() - began) / 1000 }
}

async function madeOf(call: Call, asked: Asked): Promise<Made> {
  const body = { prompt: asked.prompt, preview: "public", confirm: "auto" } as const
  const project = await call("POST /projects", { body })
  const waited = project.proposal?.state === "waiting"
  const answer = { ...nothing, waited, project: { id: project.id, name: project.name } }
  const proposal = project.proposal && (await decided(call, project.proposal, asked.first))
  if (proposal?.state === "declined")
    return { ...answer, outcome: "declined", reason: proposal.reason }
  if (proposal?.state === "waiting")
    return { ...answer, outcome: "waiting", reason: choicesIn(proposal), ...proposedBy(proposal) }
  const runId = project.run?.id ?? proposal?.runId
  if (!runId) return { ...answer, reason: "no run was started" }
  const building = { projectId: project.id, runId, minutesMax: asked.minutesMax }
  return { ...(await builtBy(call, building)), waited, starter: proposal?.chosen?.id ?? null }
}

/** A proposal that waits is confirmed as it is, if somebody sits there who takes what comes first. */
async function decided(call: Call, proposal: Proposal, first: boolean): Promise<Proposal> {
  const [best] = proposal.choices
  if (proposal.state !== "waiting" || !first || !best) return proposal
  return call("POST /agents/proposals/{proposalId}/confirm", {
    params: { proposalId: proposal.id },
    body: { starter: { id: best.starterId, parameters: best.values } },
  })
}

const choicesIn = ({ choices }: Proposal) =>
  `which of: ${choices.map(({ starterId }) => starterId).join(", ")}`

/** What a proposal says of its first choice. */
function proposedBy({ choices }: Proposal): Pick<Answer, "said" | "filler"> {
  const [best] = choices
  return {
    said: best?.clauses.map(({ words, built }) => ({ words, built })) ?? [],
    filler: best?.filler ?? [],
  }
}

interface Building {
  projectId: Project["id"]
  runId: Run["id"]
  minutesMax: number
}

async function builtBy(call: Call, { projectId, runId, minutesMax }: Building): Promise<Made> {
  const run = await untilEnded(call, runId, minutesMax)
  const { name } = await call("GET /projects/{projectId}", { params: { projectId } })
  const known = { ...nothing, ...figuresOf(run), project: { id: projectId, name } }
  if (run.declined) return { ...known, outcome: "declined", reason: run.summary ?? run.failure }
  if (run.state !== "succeeded" && run.state !== "partly")
    return { ...known, reason: run.failure ?? `the run is ${run.state}` }
  return { ...known, ...saidBy(run), ...(await appOf(call, projectId)) }
}

const ended: readonly Run["state"][] = ["succeeded", "partly", "failed", "cancelled"]

async function untilEnded(call: Call, runId: Run["id"], minutesMax: number): Promise<Run> {
  const end = performance.now() + minutesMax * 60_000
  for (;;) {
    const run = await call("GET /agents/runs/{runId}", { params: { runId } })
    if (ended.includes(run.state) || performance.now() > end) return run
    await answerFor(call, run)
    await sleep(250)
  }
}

/** Nobody sits there: what is asked is left to the agents, what needs leave is allowed. */
async function answerFor(call: Call, run: Run): Promise<void> {
  for (const { id, state, kind, choices } of run.inquiries) {
    if (state !== "open") continue
    const own = choices[0] ?? "Do what seems best to you."
    await call("POST /agents/runs/{runId}/inquiries/{inquiryId}/answer", {
      params: { runId: run.id, inquiryId: id },
      body: { answer: kind === "approval" ? allow : own },
    })
  }
}

const figuresOf = (run: Run) => ({
  tokens: run.inputTokens + run.outputTokens,
  cents: run.cost.cents,
  unpriced: run.cost.unpriced,
  questions: run.inquiries.length,
})

const saidBy = (run: Run) => ({
  said: run.clauses
    .filter(({ state }) => state !== "planned")
    .map(({ words, state }) => ({ words, built: state === "built" })),
  filler: run.filler,
})

/** Where the finished app is, once it answers. */
async function appOf(
  call: Call,
  projectId: Project["id"],
): Promise<Pick<Answer, "outcome" | "reason" | "url">> {
  for (let tries = 0; tries < 240; tries++) {
    const { state, previewUrl } = await call("GET /projects/{projectId}", { params: { projectId } })
    if (state === "running") return { outcome: "built", reason: null, url: previewUrl }
    if (state === "crashed" || state === "failed")
      return { outcome: "failed", reason: `the app has ${state}`, url: null }
    await sleep(250)
  }
  return { outcome: "failed", reason: "the app did not come up", url: null }
}

/** What the app that people use wrote so far; empty when there is none. */
export async function logOf(call: Call, project: Answer["project"]): Promise<string> {
  if (!project) return ""
  const params = { projectId: project.id }
  const { items } = await call("GET /projects/{projectId}/apps", { params, query: {} })
  const app = items.find(({ purpose }) => purpose === "live")
  if (!app) return ""
  return (await call("GET /apps/{appId}/logs", { params: { appId: app.id }, query: {} })).text
}

/** Takes a project away again, so that the next one finds its place. */
export async function removeProject(call: Call, project: Answer["project"]): Promise<void> {
  if (!project) return
  const params = { projectId: project.id }
  await call("DELETE /projects/{projectId}", { params, body: { name: project.name } })
  for (let tries = 0; tries < 120; tries++) {
    const left = await call("GET /projects/{projectId}", { params }).catch(() => undefined)
    if (!left) return
    await sleep(250)
  }
}
