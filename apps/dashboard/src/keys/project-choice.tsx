"use client"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { read } from "../api/read.ts"
import { useSession } from "../shell/session.tsx"
import { Checkbox } from "../ui/checkbox.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { Refused } from "./refused.tsx"

interface ProjectChoiceProps {
  /** null: all */
  chosen: readonly string[] | null
  error: string | undefined
  onChange(projects: readonly string[] | null): void
}

/** Whether a key is for all projects, or for which. */
export function ProjectChoice({ chosen, error, onChange }: ProjectChoiceProps) {
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-13 font-medium text-fg">In</legend>
      <Segmented
        label="Projects"
        value={chosen === null ? "all" : "some"}
        segments={[
          { value: "all", label: "All projects" },
          { value: "some", label: "Some projects" },
        ]}
        onChange={(value) => onChange(value === "all" ? null : [])}
      />
      <p className="text-12 text-fg-3">
        {chosen === null
          ? "Also in projects that come later."
          : "It sees no others, and cannot create projects."}
      </p>
      {chosen === null ? null : <Projects chosen={chosen} onChange={onChange} />}
      <Refused error={error} />
    </fieldset>
  )
}

function Projects({
  chosen,
  onChange,
}: {
  chosen: readonly string[]
  onChange(projects: readonly string[]): void
}) {
  const { organization } = useSession()
  const [typed, setTyped] = useState("")
  const search = useSettled(typed.trim())
  const query = { organizationId: organization.id, limit: 50, ...(search ? { search } : {}) }
  const projects = useQuery(read("GET /projects", { query }))
  const toggle = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))
  return (
    <div className="grid gap-3 rounded-3 border border-line p-3">
      <SearchField label="Find a project" value={typed} onChange={setTyped} />
      <ReadBody
        of={projects}
        failed="Projects could not be read"
        skeleton={<SkeletonLines what="projects" />}
      >
        {({ items }) => (
          <div className="grid max-h-48 gap-2 overflow-y-auto">
            {items.length === 0 ? <p className="text-13 text-fg-3">No project matches.</p> : null}
            {items.map(({ id, name }) => (
              <Checkbox
                key={id}
                label={name}
                checked={chosen.includes(id)}
                onChange={(on) => toggle(id, on)}
              />
            ))}
          </div>
        )}
      </ReadBody>
    </div>
  )
}
