import type { Audience, FieldType, View } from "@vibecaas/contract/data-model"
import type { Option } from "../../ui/select-face.tsx"

/** What each type is called, and what it is for. */
export const typeOptions: readonly Option<FieldType>[] = [
  { value: "text", label: "Text" },
  { value: "long_text", label: "Long text" },
  { value: "whole_number", label: "Whole number" },
  { value: "decimal", label: "Number" },
  { value: "money", label: "Money" },
  { value: "flag", label: "Mark (yes or no)" },
  { value: "choice", label: "Choice" },
  { value: "date", label: "Date" },
  { value: "datetime", label: "Day and time" },
  { value: "time", label: "Time" },
  { value: "email", label: "E-mail" },
  { value: "url", label: "Web address" },
  { value: "phone", label: "Phone" },
  { value: "rating", label: "Rating" },
  { value: "color", label: "Colour" },
  { value: "reference", label: "Relation to one" },
  { value: "references", label: "Relation to many" },
  { value: "computed", label: "Computed" },
]

export const typeName = (type: FieldType) =>
  typeOptions.find(({ value }) => value === type)?.label ?? type

export const audienceOptions: readonly Option<Audience>[] = [
  { value: "everybody", label: "Everybody" },
  { value: "signed_in", label: "People with an account" },
  { value: "owner", label: "Only the owner" },
]

export const viewOptions: readonly Option<View["kind"]>[] = [
  { value: "table", label: "Table" },
  { value: "board", label: "Board" },
  { value: "calendar", label: "Calendar" },
  { value: "cards", label: "Cards" },
]

/** "12 records", or nothing where nobody counted. */
export function countOf(records: Record<string, number> | null, plural: string): string {
  const count = records?.[plural]
  if (count === undefined) return ""
  return count === 1 ? "1 record" : `${count} records`
}
