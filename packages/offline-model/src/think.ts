/** One step of the offline model: who am I, what is my task, what comes next. */
import { tellLeftAside } from "./left-aside.ts"
import { planOrDecline } from "./planning-role.ts"
import { type AgentRole, roleIn, sectionIn } from "./prompt.ts"
import { lookAtStarter, testStarter } from "./proving-roles.ts"
import { provesStarter } from "./starter-plan.ts"
import type { Transcript } from "./transcript.ts"
import { say, type Turn } from "./turn.ts"

const proving: Partial<Record<AgentRole, (transcript: Transcript) => Turn>> = {
  testing: testStarter,
  integration: lookAtStarter,
}

export function think(transcript: Transcript): Turn {
  const role = roleIn(transcript.system)
  if (!role)
    return say(
      "I only work as one of the agents of VibeCaaS, and the instructions name none of them.",
    )
  if (role === "planning") return planOrDecline(transcript)
  const prove = sectionIn(transcript.prompt, "instructions").startsWith(provesStarter)
    ? proving[role]
    : undefined
  if (prove) return tellLeftAside(transcript, prove(transcript))
  return say(
    "I prove starters that a person confirmed, and write nothing of my own, so I have done nothing; a language model is needed for this task.",
  )
}
