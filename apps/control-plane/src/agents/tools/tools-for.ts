import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import type { ToolSet } from "ai"
import { machineTools } from "./machine-tools.ts"
import { planningTools } from "./planning-tools.ts"
import { readingTools } from "./reading-tools.ts"
import type { ToolDesk } from "./tool-call.ts"
import { writingTools } from "./writing-tools.ts"

const building = (desk: ToolDesk) => ({
  ...readingTools(desk),
  ...writingTools(desk),
  ...machineTools(desk),
})
const planning = (desk: ToolDesk) => ({ ...readingTools(desk), ...planningTools(desk) })

/** The tools of each role: who plans changes nothing, who builds plans nothing. */
export const toolsFor: Record<AgentRole, (desk: ToolDesk) => ToolSet> = {
  planning,
  frontend: building,
  backend: building,
  ai_feature: building,
  testing: building,
  integration: building,
}
