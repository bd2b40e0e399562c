import type { StarterValues } from "@vibecaas/contract/starter-form"
import type { ModelPart } from "./model/model-of.ts"
import type { Passage } from "./text.ts"

/** What a prompt says of one parameter. */
export interface ReadValue {
  /** the parameter's */
  name: string
  value: StarterValues[string]
  /** the words that say it, with those that announce it; of a data model, what each asked for */
  places: ReadPlace[]
  /** of a data model: fields whose type nothing says */
  unsure: string[]
}

export interface ReadPlace {
  at: Passage
  part?: ModelPart
}
