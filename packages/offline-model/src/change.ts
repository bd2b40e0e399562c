/** A follow-up on its way through the rules. */
import type { AppSpec, Entity } from "./blueprints/index.ts"

export interface Change {
  spec: AppSpec
  /** sentences: what the plan will do ("Adds “breed” to pets.") */
  done: string[]
  /** sentences: what was asked and is not done */
  notDone: string[]
  /** what the step before spoke of: "rename visits to checks and add a time" */
  about?: Entity | undefined
}

/** a wish as people put it, and what it does; a rule that says nothing leaves it to the next */
export type Rule = [RegExp, (change: Change, match: RegExpMatchArray) => void]
