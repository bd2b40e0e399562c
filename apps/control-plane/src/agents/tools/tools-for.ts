import type { AgentRole } from "@vibecaas/contract/kinds/agents"
import type { ToolSet } from "ai"
import { accountFor } from "./account-tool.ts"
import { requestAi } from "./ai-tool.ts"
import { appTools } from "./app-tools.ts"
import { askUser } from "./ask-tool.ts"
import { copyAttachment } from "./attachment-tool.ts"
import { runCommand } from "./command-tool.ts"
import { disputeCheck } from "./dispute-tool.ts"
import { lookAtPage } from "./look-tool.ts"
import { requestAccess } from "./network-tool.ts"
import { addNote } from "./note-tool.ts"
import { outsideTools } from "./outside-tools.ts"
import { installPackages } from "./package-tool.ts"
import { planningTools } from "./planning-tools.ts"
import { readingTools } from "./reading-tools.ts"
import { searchingTools } from "./searching-tools.ts"
import { listStarters, useStarter } from "./starter-tool.ts"
import type { ToolDesk } from "./tool-call.ts"
import { writingTools } from "./writing-tools.ts"

const looking = (desk: ToolDesk) => ({ ...readingTools(desk), ...searchingTools(desk) })
const building = (desk: ToolDesk) => ({
  ...looking(desk),
  ...writingTools(desk),
  copy_attachment: copyAttachment(desk),
  run_command: runCommand(desk),
  install_packages: installPackages(desk),
  ...appTools(desk),
  look_at_page: lookAtPage(desk),
  add_note: addNote(desk),
  dispute_check: disputeCheck(desk),
  request_access: requestAccess(desk),
  ask_user: askUser(desk),
  ...outsideTools(desk),
})
const verifying = (desk: ToolDesk) => ({ ...building(desk), account_for: accountFor(desk) })
const planning = (desk: ToolDesk) => ({
  ...looking(desk),
  ...planningTools(desk),
  list_starters: listStarters(desk),
  use_starter: useStarter(desk),
  ask_user: askUser(desk),
})

/** The tools of each role: who plans changes nothing, who builds neither plans nor proves. */
export const toolsFor: Record<AgentRole, (desk: ToolDesk) => ToolSet> = {
  planning,
  frontend: building,
  backend: building,
  ai_feature: (desk) => ({ ...building(desk), request_ai: requestAi(desk) }),
  testing: verifying,
  integration: verifying,
}
