import { capitalized } from "../ui/words.ts"

const past: Record<string, string> = {
  create: "created",
  update: "changed",
  delete: "deleted",
  deleted: "deleted",
  start: "started",
  stop: "stopped",
  restart: "restarted",
  cancel: "cancelled",
  retry: "retried",
}

/** "Project created" for `project.create`; an unknown verb stays as it is. */
export function actionWords(action: string): string {
  const [noun = "", verb = ""] = action.split(".")
  const thing = noun === "microvm" ? "machine" : noun.replaceAll("_", " ")
  return capitalized(`${thing} ${past[verb] ?? verb.replaceAll("_", " ")}`.trim())
}
