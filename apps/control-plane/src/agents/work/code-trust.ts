import { agentRoles } from "@vibecaas/contract/kinds/agents"
import type { Repository } from "../../projects/index.ts"
import { everyEntry, type Models } from "../models/model.ts"

const agentNames = new Set(agentRoles.map((role) => `${role} agent`))
const commitsMax = 2000

/**
 * Whose code a task will run: `blueprint` iff no role's model may write code of its own, and every
 * commit was made by a step of our agents. One command can run what any role or person wrote.
 */
export async function codeTrust(
  models: Models,
  repository: Repository,
): Promise<"blueprint" | "untrusted"> {
  if (everyEntry(models).some(({ trust }) => trust === "untrusted")) return "untrusted"
  const commits = await repository.log({ limit: commitsMax })
  const ours = commits.every(
    ({ author, message }) => agentNames.has(author) && /^Step: tsk_/m.test(message),
  )
  return ours && commits.length < commitsMax ? "blueprint" : "untrusted"
}
