import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"

/**
 * Why there is nothing to open yet, or nothing.
 *
 * @param app `null` when there is none, `undefined` while it is not known
 */
export function previewOff(
  { state }: Pick<Project, "state">,
  app: Pick<App, "state" | "commit"> | null | undefined,
): string | undefined {
  if (state === "deleting") return "The project is being deleted."
  if (state === "empty") return "Nothing was built yet; ask the agents for something."
  if (state === "failed") return "There is no app: the run that was to build it failed."
  const none = app === null || (app?.state === "none" && !app.commit)
  return none && (state === "working" || state === "asking")
    ? "The agents have not started the app yet."
    : undefined
}
