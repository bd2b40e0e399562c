import type { App } from "@vibecaas/contract/kinds/apps"

/** Why a version need not be asked for, or nothing: what was taken back may be tried again. */
export function runOff(app: App, commit: string): string | undefined {
  if (app.state === "crashed" || app.state === "stopped") return undefined
  if (app.state === "running" && app.commit === commit) return "This version runs."
  const asked = app.commitWanted === commit && app.commitRefused !== commit
  return asked ? "This version is being started." : undefined
}
