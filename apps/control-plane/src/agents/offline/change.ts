/** A follow-up on its way through the rules. */
import type { AppSpec } from "../blueprints/index.ts"

export interface Change {
  spec: AppSpec
  /** sentences: what is different now */
  done: string[]
  /** sentences: what was asked and is not done */
  notDone: string[]
}
