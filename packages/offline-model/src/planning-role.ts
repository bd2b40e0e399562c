/** planning: has what a person confirmed written, and plans that others prove it; else it declines. */

import { sectionIn } from "./prompt.ts"
import { planStarter, readConfirmed } from "./starter-plan.ts"
import { complaint, succeeded } from "./tool-answers.ts"
import type { Transcript } from "./transcript.ts"
import { say, type Turn, use } from "./turn.ts"

const unconfirmed =
  "No language model plans here, and fixed rules build nothing but a starter that a person confirmed. Ask for a proposal, or have whoever runs this server connect a model."

export function planOrDecline(transcript: Transcript): Turn {
  const { uses, offered, prompt } = transcript
  const decided = uses.findLast(({ name }) => name === "plan_tasks" || name === "decline")
  if (decided) return closing(decided)
  const confirmed = readConfirmed(sectionIn(prompt, "proposal"))
  const turn = confirmed
    ? planStarter(transcript, confirmed)
    : use(unconfirmed, { name: "decline", input: { reason: unconfirmed } })
  const missing = turn.calls.find(({ name }) => !offered.has(name))
  return missing
    ? say(`${turn.text} I was not given the tool ${missing.name}, so nothing was started.`)
    : turn
}

function closing({ name, result }: Transcript["uses"][number]): Turn {
  if (!succeeded(result)) return say(`The plan was not accepted: ${complaint(result)}`)
  return say(name === "decline" ? "Nothing was built." : "The plan is ready.")
}
