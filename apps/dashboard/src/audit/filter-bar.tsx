"use client"
import { useQuery } from "@tanstack/react-query"
import { X } from "lucide-react"
import { useId } from "react"
import { read } from "../api/read.ts"
import { actionNames } from "../kinds.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { inputLook } from "../ui/field.tsx"
import { Select } from "../ui/select.tsx"
import type { RecordFilter } from "./record-filter.ts"

interface FilterBarProps {
  filter: RecordFilter
  onChange(change: Partial<RecordFilter>): void
}

const all = "all"
const kindsOfActors = [
  { value: all, label: "Everybody" },
  { value: "user", label: "People" },
  { value: "agent", label: "Agents" },
  { value: "key", label: "API keys" },
  { value: "system", label: "The platform" },
]
const actions = [
  { value: all, label: "All actions" },
  ...Object.entries(actionNames)
    .map(([value, label]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label)),
]
const chosen = (value: string) => (value === all ? "" : value)

/** Whose records, of what, and from when. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const { organization } = useSession()
  const query = { organizationId: organization.id, limit: 100 }
  const projects = useQuery(read("GET /projects", { query }))
  const named = projects.data?.items.map(({ id, name }) => ({ value: id as string, label: name }))
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a row in all browsers
    <div role="group" aria-label="Filter" className="flex flex-wrap items-center gap-2">
      <Select
        label="Who"
        className="w-36 max-md:w-[calc(50%-4px)]"
        value={filter.by || all}
        options={kindsOfActors}
        onChange={(value) => onChange({ by: chosen(value) })}
      />
      <Select
        label="Project"
        className="w-48 max-md:w-[calc(50%-4px)]"
        value={filter.projectId || all}
        options={[{ value: all, label: "All projects" }, ...(named ?? [])]}
        onChange={(value) => onChange({ projectId: chosen(value) })}
      />
      <Select
        label="Action"
        className="w-60 max-md:w-full"
        value={filter.action || all}
        options={actions}
        onChange={(value) => onChange({ action: chosen(value) })}
      />
      <Day label="From" value={filter.from} onChange={(from) => onChange({ from })} />
      <Day label="To" value={filter.until} onChange={(until) => onChange({ until })} />
      {filter.actor ? (
        <Button size="sm" onClick={() => onChange({ actor: null })}>
          Only {filter.actor.name}
          <X aria-hidden="true" strokeWidth={1.75} />
          <span className="sr-only">, show everybody</span>
        </Button>
      ) : null}
    </div>
  )
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange(day: string): void
}) {
  const id = useId()
  return (
    <span className="flex items-center gap-2 text-13 text-fg-3 max-md:w-[calc(50%-4px)]">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={cn(inputLook, "w-36 min-w-0 text-fg max-md:w-full")}
      />
    </span>
  )
}
