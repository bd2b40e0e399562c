import type { Settings } from "../../shared/task.ts"
import { Select, TextField } from "../kit/field.tsx"
import type { Filter } from "./views.ts"

interface FilterBarProps {
  filter: Filter
  settings: Settings
  onChange(filter: Filter): void
}

const choicesOf = (all: string, names: readonly string[]) => [
  { value: "", label: all },
  ...names.map((value) => ({ value, label: value })),
]

export function FilterBar({ filter, settings, onChange }: FilterBarProps) {
  const bind = (name: keyof Filter) => ({
    value: filter[name],
    onChange: (event: { target: { value: string } }) =>
      onChange({ ...filter, [name]: event.target.value }),
  })
  return (
    <search className="grid grid-cols-2 gap-2 border-b border-line p-3 sm:grid-cols-[1fr_11rem_11rem] sm:p-4">
      <div className="col-span-2 sm:col-span-1">
        <TextField
          label="Search"
          hideLabel
          type="search"
          placeholder="Search tasks"
          {...bind("words")}
        />
      </div>
      <Select
        label="Area"
        hideLabel
        choices={choicesOf("All areas", settings.areas)}
        {...bind("area")}
      />
      {settings.people.length > 0 && (
        <Select
          label="Person"
          hideLabel
          choices={choicesOf("Everybody", settings.people)}
          {...bind("person")}
        />
      )}
    </search>
  )
}
