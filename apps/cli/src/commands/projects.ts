import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Proposal } from "@vibecaas/contract/proposal"
import type { Run } from "@vibecaas/contract/run"
import { type Asked, type Command, findProject, needWord } from "../command.ts"
import { followRun } from "../follow-run.ts"
import { plain, show, table } from "../show.ts"
import { type ExitCode, exitCodes } from "../surroundings.ts"

export const projects: Command = {
  takes: "",
  does: "list projects, last changed first",
  signedIn: true,
  async run(asked) {
    const { items } = await asked.call("GET /projects", { query: { limit: 100 } })
    show(asked, items, (all) =>
      table(all.map(({ slug, state, name }) => [slug, state, plain(name)])),
    )
    return exitCodes.done
  },
}

const confirmWith = ({ options }: Asked) => (options.yes ? "auto" : "ask")

/** Makes a project of a prompt and follows what agents do. */
export const newProject: Command = {
  takes: '"<prompt>"',
  does: "make an app of a prompt, and follow how it comes to be",
  options: ["yes"],
  signedIn: true,
  async run(asked) {
    const prompt = needWord(asked, "what to build")
    const confirm = confirmWith(asked)
    const made = await asked.call("POST /projects", { body: { prompt, confirm } })
    asked.say(`${plain(made.name)} (${made.slug})\n`)
    if (made.proposal && !made.run) return sayProposal(asked, made.proposal)
    const code = made.run ? await followRun(asked, made.run.id) : exitCodes.done
    const now = await asked.call("GET /projects/{projectId}", { params: { projectId: made.id } })
    show(asked, now, ({ previewUrl }) => `${previewUrl}\n`)
    return code
  },
}

/** Asks the agents for a change. */
export const ask: Command = {
  takes: '"<wish>"',
  does: "ask the agents for something on a project, and follow it",
  options: ["project", "yes"],
  signedIn: true,
  async run(asked) {
    const goal = needWord(asked, "what to do")
    const { id: projectId } = await findProject(asked)
    const body = { projectId, goal, confirm: confirmWith(asked) } as const
    const answer = await asked.call("POST /agents/runs", { body })
    if (!("number" in answer)) return sayProposal(asked, answer)
    const code = await followRun(asked, answer.id)
    show(asked, await readRun(asked, answer.id), () => "")
    return code
  },
}

const readRun = ({ call }: Asked, runId: Run["id"]) =>
  call("GET /agents/runs/{runId}", { params: { runId } })

function sayProposal({ say, url }: Asked, { state, reason, choices }: Proposal): ExitCode {
  if (state === "declined") {
    say(`It cannot be built here: ${plain(reason ?? "")}\n`)
    return exitCodes.failed
  }
  say("No language model plans here. What a starter would build of it:\n")
  for (const { name, summary } of choices) say(`  ${plain(name)}: ${plain(summary)}\n`)
  say(`Confirm one at ${url}, or say --yes to build what clearly fits.\n`)
  return exitCodes.asks
}

export const runs: Command = {
  takes: "",
  does: "list what agents were asked for on a project",
  options: ["project"],
  signedIn: true,
  async run(asked) {
    const { id: projectId } = await findProject(asked)
    const { items } = await asked.call("GET /agents/runs", { query: { projectId, limit: 50 } })
    show(asked, items, (all) =>
      table(
        all.map(({ number, state, startedAt, goal }) => [
          `#${number}`,
          state,
          startedAt ?? "",
          plain(goal).replaceAll(/\s+/g, " ").slice(0, 70),
        ]),
      ),
    )
    return exitCodes.done
  },
}

/** Says where the app is; a private one is opened by an address that works once. */
export const open: Command = {
  takes: "",
  does: "say the address of a project's app; of a private one, an address that works once",
  options: ["project"],
  signedIn: true,
  async run(asked) {
    const project = await findProject(asked)
    show(asked, { url: await addressOf(asked, project) }, ({ url }) => `${url}\n`)
    return exitCodes.done
  },
}

async function addressOf({ call }: Asked, { id, preview, previewUrl }: Project): Promise<string> {
  if (preview === "public") return previewUrl
  const params = { projectId: id }
  return (await call("POST /projects/{projectId}/preview-links", { params, body: {} })).url
}

const followMs = 1500

/** The live app's output; what is new as it comes. */
export const logs: Command = {
  takes: "",
  does: "show what a project's app printed last; with -f as it comes",
  options: ["project", "follow"],
  signedIn: true,
  async run(asked) {
    const { id: projectId } = await findProject(asked)
    const { items } = await asked.call("GET /projects/{projectId}/apps", { params: { projectId } })
    const app = items.find(({ purpose }) => purpose === "live")
    if (!app) {
      asked.say("Nothing of this project runs yet.\n")
      return exitCodes.failed
    }
    let shown = ""
    do {
      const { text } = await asked.call("GET /apps/{appId}/logs", { params: { appId: app.id } })
      asked.out(plain(newIn(shown, text)))
      shown = text
      if (asked.options.follow) await asked.sleep(followMs)
    } while (asked.options.follow)
    return exitCodes.done
  },
}

/** What a longer end of the same output has behind the part that was shown. */
export function newIn(shown: string, text: string): string {
  if (shown === "") return text
  const end = shown.slice(-200)
  const at = text.lastIndexOf(end)
  return at < 0 ? text : text.slice(at + end.length)
}
