/** planning: looks at the project, reads the goal, and plans the work or declines. */
import type { Account } from "./account/divide.ts"
import type { AppSpec } from "./blueprints/index.ts"
import { readAppSpec } from "./blueprints/index.ts"
import { readChange } from "./change/read-change.ts"
import { planWork } from "./plan-work.ts"
import { sectionIn } from "./prompt.ts"
import { readGoal } from "./reader/goal.ts"
import { planStarter, readConfirmed } from "./starter-plan.ts"
import { complaint, fileIn, pathsIn, succeeded } from "./tool-answers.ts"
import type { Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { say, use } from "./turn.ts"

export function planOrDecline(transcript: Transcript, goal: string): Turn {
  const { uses, offered } = transcript
  const decided = uses.findLast((each) => each.name === "plan_tasks" || each.name === "decline")
  if (decided) return closing(decided)
  const confirmed = readConfirmed(sectionIn(transcript.prompt, "proposal"))
  if (confirmed) return planStarter(transcript, confirmed)

  const listing = uses.findLast((each) => each.name === "list_files")
  if (!listing && offered.has("list_files")) {
    return use("Looking at the project.", { name: "list_files", input: {} })
  }
  const files = pathsIn(listing?.result)
  const reading = uses.findLast(
    (each) => each.name === "read_file" && each.input.path === "app.json",
  )
  if (!reading && files.includes("app.json") && offered.has("read_file")) {
    return use("Reading what the app keeps now.", {
      name: "read_file",
      input: { path: "app.json" },
    })
  }
  const turn = decide({ goal, files, current: fileIn(reading?.result) })
  const missing = turn.calls.find((call) => !offered.has(call.name))
  if (!missing) return turn
  return say(`${turn.text} I was not given the tool ${missing.name}, so nothing was started.`)
}

interface Situation {
  goal: string
  files: string[]
  /** the text of app.json, when there is one */
  current: string | undefined
}

function decide({ goal, files, current }: Situation): Turn {
  if (current === undefined)
    return files.includes("server.js") || files.includes("package.json")
      ? foreign()
      : planNew(goal, files)
  const before = readAppSpec(current)
  return before ? planChange({ goal, files, before }) : foreign()
}

function planNew(goal: string, files: string[]): Turn {
  const read = readGoal(goal)
  if (read.kind === "refusal") return decline(read.reason)
  const { spec } = read
  const kinds = spec.entities.map((entity) => entity.labelPlural.toLowerCase()).join(", ")
  const told = [`${spec.name}: an app that keeps ${kinds}.`, ...read.guesses]
  const summary = told.join(" ").slice(0, 480)
  const { account } = read
  return plan(
    planWork({ before: undefined, after: spec, files, ...named(spec.name), summary, account }),
  )
}

const named = (name: string) => (name.length < 2 ? {} : { name })

function planChange({
  goal,
  files,
  before,
}: {
  goal: string
  files: string[]
  before: AppSpec
}): Turn {
  const read = readChange(goal, before)
  if (read.kind === "refusal") return decline(read.reason)
  const summary = read.done.join(" ").slice(0, 480)
  return plan(planWork({ before, after: read.spec, files, summary, account: read.account }))
}

function plan(input: ReturnType<typeof planWork>): Turn {
  // a plan is plain data; the tool takes it as it is
  return use(input.summary, { name: "plan_tasks", input: { ...input } })
}

function decline(reason: string): Turn {
  return use(reason, { name: "decline", input: { reason: reason.slice(0, 1000) } })
}

function foreign(): Turn {
  return decline(
    "This project holds an app that I did not build, and I can only change apps that describe their records in app.json. Whoever runs this server can connect a real model, with VIBECAAS_MODEL in its environment.",
  )
}

function closing({ name, result, input }: Transcript["uses"][number]): Turn {
  if (!succeeded(result)) return say(`The plan was not accepted: ${complaint(result)}`)
  if (name === "decline") return say("Nothing was built.")
  // We wrote the plan ourselves.
  const { clauses } = input as unknown as Account
  const left = clauses.filter(({ notBuilt }) => notBuilt !== undefined).length
  return say(`The plan is ready.${left > 0 ? ` Of its clauses ${left} will not be built.` : ""}`)
}
