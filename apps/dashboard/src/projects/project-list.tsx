"use client"
import type { ProjectState } from "@vibecaas/contract/kinds/projects"
import { Box, SearchX } from "lucide-react"
import { useRef, useState } from "react"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { ListPanel } from "../ui/list-panel.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { ProjectTable, ProjectTableSkeleton } from "./project-table.tsx"
import { useProjects } from "./queries.ts"

const filters = [
  { value: "all", label: "All" },
  { value: "running", label: "Running" },
  { value: "working", label: "Working" },
  { value: "asking", label: "Asking" },
  { value: "failed", label: "Failed" },
  { value: "crashed", label: "Crashed" },
  { value: "stopped", label: "Stopped" },
] as const satisfies readonly { value: ProjectState | "all"; label: string }[]
type Filter = (typeof filters)[number]["value"]

/** The projects, with a filter by state and a search. */
export function ProjectList({ onCreate }: { onCreate(): void }) {
  const [state, setState] = useState<Filter>("all")
  const [text, setText] = useState("")
  const search = useSettled(text.trim())
  const field = useRef<HTMLInputElement>(null)
  const projects = useProjects({ state: state === "all" ? undefined : state, search })
  useShortcut("/", () => field.current?.focus())
  const filtered = state !== "all" || search !== ""
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Segmented label="State" value={state} segments={filters} onChange={setState} />
        <SearchField
          ref={field}
          label="Filter by name or goal"
          shortcut="/"
          value={text}
          onChange={setText}
        />
      </div>
      <ProjectResults
        projects={projects}
        filtered={filtered}
        onCreate={onCreate}
        onClear={() => {
          setState("all")
          setText("")
        }}
      />
    </div>
  )
}

interface ResultsProps {
  projects: ReturnType<typeof useProjects>
  filtered: boolean
  onCreate(): void
  onClear(): void
}

function ProjectResults({ projects, filtered, onCreate, onClear }: ResultsProps) {
  const { offUnless } = useSession()
  return (
    <ListPanel
      label="Projects"
      list={projects}
      noun="project"
      failed="Projects could not be loaded"
      skeleton={<ProjectTableSkeleton />}
      empty={
        filtered ? (
          <EmptyState
            icon={SearchX}
            title="No project matches"
            action={<Button onClick={onClear}>Show all projects</Button>}
          >
            Names and last requests are searched.
          </EmptyState>
        ) : (
          <EmptyState
            icon={Box}
            title="No projects yet"
            action={
              <Button onClick={onCreate} off={offUnless("project:create", "create projects")}>
                Describe an app
              </Button>
            }
          >
            A project is one app with its files, its data, its machine and its own address.
          </EmptyState>
        )
      }
      hint={
        <span className="max-md:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> move, <Kbd>↵</Kbd> open, <Kbd>/</Kbd> filter
        </span>
      }
    >
      {(items) => <ProjectTable projects={items} />}
    </ListPanel>
  )
}
