import { type Answered, serve } from "./serve.ts"

interface Ran {
  state: string
  clauses: readonly { words: string; state: string }[]
  declined?: boolean
  summary?: string
  /** it asks a person first, and goes on when it was answered */
  asks?: boolean
  /** it proposes a starter first, in this state */
  proposes?: "waiting" | "declined"
}

/** What a platform's API answers when it makes this of any prompt, with an app that runs elsewhere. */
export async function platformThat(ran: Ran, appOrigin: string) {
  const projects: string[] = []
  const asked = { answered: !ran.asks, confirmed: false }
  const project = { id: "prj_1", name: "List", state: "running", previewUrl: `${appOrigin}/` }
  const server = await serve(({ method, url, body }): Answered => {
    const path = url.pathname.replace("/api/v1", "")
    if (path.startsWith("/auth/")) return { json: {}, headers: { "set-cookie": "session=1" } }
    if (method === "POST" && path === "/projects") {
      projects.push(project.id)
      const run = { id: "run_1", state: "queued" }
      const made = ran.proposes ? { proposal: proposalOf(ran, false) } : { run }
      return { status: 201, json: { ...project, ...made } }
    }
    if (path.endsWith("/confirm")) return { status: 202, json: proposalOf(ran, true) }
    if (path.endsWith("/answer")) {
      asked.answered = body.answer === "Blue"
      return { json: {} }
    }
    if (path.startsWith("/agents/runs/")) return { json: runOf(ran, asked.answered) }
    if (path.endsWith("/apps")) return { json: { items: [], nextCursor: null } }
    if (projects.length === 0) return { status: 404, json: { code: "not_found", detail: "gone" } }
    if (method === "DELETE") projects.pop()
    return { json: project }
  })
  return Object.assign(server, { projects: () => projects })
}

const runOf = (ran: Ran, answered: boolean) => ({
  ...{ id: "run_1", declined: false, summary: null, failure: null, filler: [], ...ran },
  state: answered ? ran.state : "running",
  ...{ inputTokens: 10, outputTokens: 5, cost: { cents: 2.5, unpriced: 0 } },
  inquiries: ran.asks
    ? [{ id: "inq_1", kind: "question", state: answered ? "answered" : "open", choices: ["Blue"] }]
    : [],
})

const proposalOf = ({ proposes, clauses }: Ran, confirmed: boolean) => ({
  id: "prop_1",
  state: confirmed ? "confirmed" : proposes,
  reason: proposes === "declined" ? "This is no app." : null,
  choices: [
    {
      starterId: "shopping",
      values: {},
      clauses: clauses.map(({ words, state }) => ({ words, built: state === "built" })),
      filler: [],
    },
  ],
  chosen: confirmed ? { id: "shopping", parameters: {} } : null,
  runId: confirmed ? "run_1" : null,
})
