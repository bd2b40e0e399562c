import type { Selling } from "./selling.ts"
import type { Settings } from "./settings.ts"

/** What answers are made from. */
export interface Shop {
  settings: Settings
  selling: Selling
  /** what the store API asks for */
  key(): string | undefined
  /** ISO 8601 */
  now(): string
}
