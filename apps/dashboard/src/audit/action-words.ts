import { capitalized } from "../ui/words.ts"

const past: Record<string, string> = {
  cancel: "cancelled",
  change: "changed",
  commit: "files changed",
  create: "created",
  // Asked for first; `deleted` follows once everything is checked to be gone.
  delete: "deletion asked for",
  finish: "finished",
  link: "opened",
  rename: "renamed",
  restart: "restarted",
  retry: "retried",
  start: "started",
  stop: "stopped",
  update: "changed",
  wake: "woken",
}

/** "Project created" for `project.create`; an unknown verb stays as it is. */
export function actionWords(action: string): string {
  const [noun = "", verb = ""] = action.split(".")
  const thing = noun === "microvm" ? "machine" : noun.replaceAll("_", " ")
  return capitalized(`${thing} ${past[verb] ?? verb.replaceAll("_", " ")}`.trim())
}
