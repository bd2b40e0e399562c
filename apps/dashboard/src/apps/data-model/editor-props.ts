import type { Entity, Field } from "@vibecaas/contract/data-model"
import type { ModelEdits } from "./use-model-edits.ts"

/** What the parts of one list's editor are drawn from. */
export interface ListProps {
  editor: ModelEdits
  /** the list's place in the model */
  list: number
  /** why nothing can be changed */
  off: string | undefined
}

export interface FieldProps extends ListProps {
  /** the field's place in its list */
  at: number
}

export interface DetailsProps extends FieldProps {
  onSet(more: Partial<Field>, part?: string): void
}

/** The field at a place of a model that is being changed. */
export function fieldIn(entity: Entity | undefined, at: number): Field {
  const field = entity?.fields[at]
  if (!field) throw new Error("a row is drawn for a field that is there")
  return field
}
