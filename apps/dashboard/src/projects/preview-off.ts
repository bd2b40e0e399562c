import type { Microvm } from "@vibecaas/contract/kinds/microvms"
import type { Project } from "@vibecaas/contract/kinds/projects"

type Machine = { app: Pick<Microvm["app"], "state" | "commit"> }

/**
 * Why there is nothing to open yet, or nothing.
 *
 * @param machine `null` when there is none, `undefined` while it is not known
 */
export function previewOff(
  { state }: Pick<Project, "state">,
  machine: Machine | null | undefined,
): string | undefined {
  if (state === "deleting") return "The project is being deleted."
  if (state === "empty") return "Nothing was built yet; ask the agents for something."
  if (state === "failed") return "There is no app: the run that was to build it failed."
  const none = machine === null || (machine?.app.state === "none" && !machine.app.commit)
  return none && state === "working" ? "The agents have not started the app yet." : undefined
}
