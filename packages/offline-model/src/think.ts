/** One step of the offline model: who am I, what is my task, what comes next. */

import { startAndLook } from "./integration-role.ts"
import { tellLeftAside } from "./left-aside.ts"
import { planOrDecline } from "./planning-role.ts"
import { type AgentRole, roleIn, sectionIn } from "./prompt.ts"
import { provesStarter } from "./starter-plan.ts"
import { lookAtStarter, testStarter } from "./starter-roles.ts"
import type { TaskOrders } from "./task-orders.ts"
import { readOrders } from "./task-orders.ts"
import { writeAndRunTests } from "./testing-role.ts"
import type { Transcript } from "./transcript.ts"
import type { Turn } from "./turn.ts"
import { say } from "./turn.ts"
import { writeOwnFiles } from "./writing-roles.ts"

const work: Record<Exclude<AgentRole, "planning">, (t: Transcript, orders: TaskOrders) => Turn> = {
  backend: writeOwnFiles,
  frontend: writeOwnFiles,
  ai_feature: writeOwnFiles,
  testing: (...task) => tellLeftAside(task[0], writeAndRunTests(...task)),
  integration: (...task) => tellLeftAside(task[0], startAndLook(...task)),
}

/** What is done for a starter, which nobody writes. */
const proving: Partial<Record<AgentRole, (t: Transcript) => Turn>> = {
  testing: testStarter,
  integration: lookAtStarter,
}

export function think(transcript: Transcript): Turn {
  const role = roleIn(transcript.system)
  if (!role)
    return say(
      "I only work as one of the agents of VibeCaaS, and the instructions name none of them.",
    )
  if (role === "planning")
    return planOrDecline(transcript, sectionIn(transcript.prompt, "goal") || transcript.prompt)
  const instructions = sectionIn(transcript.prompt, "instructions")
  const prove = instructions.startsWith(provesStarter) && proving[role]
  if (prove) return tellLeftAside(transcript, prove(transcript))
  const orders = readOrders(instructions)
  if (!orders) {
    return say(
      "The instructions hold no app spec. I build from one, so I have done nothing; a real model is needed for this task.",
    )
  }
  return work[role](transcript, orders)
}
