import { actionNames } from "../kinds.ts"
import { capitalized } from "../ui/words.ts"

/** "Project created" for `project.create`; an action that no kind has words for says its own. */
export function actionWords(action: string): string {
  return actionNames[action] ?? capitalized(action.replaceAll(/[._]/g, " ").trim())
}
