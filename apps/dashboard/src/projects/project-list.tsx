"use client"
import type { Project, ProjectState } from "@vibecaas/contract/projects"
import { Box, Search, SearchX } from "lucide-react"
import { useRef, useState } from "react"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { inputLook } from "../ui/field.tsx"
import { count } from "../ui/format.ts"
import { Kbd } from "../ui/kbd.tsx"
import { Panel } from "../ui/panel.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { ProjectTable, ProjectTableSkeleton } from "./project-table.tsx"
import { useProjects } from "./queries.ts"

const filters = [
  { value: "all", label: "All" },
  { value: "running", label: "Running" },
  { value: "working", label: "Working" },
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
        <div className="relative ml-auto w-65 max-md:w-full">
          <Search
            aria-hidden="true"
            className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-fg-3"
          />
          <input
            ref={field}
            type="search"
            aria-label="Filter by name or goal"
            placeholder="Filter by name or goal"
            aria-keyshortcuts="/"
            maxLength={60}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className={cn(inputLook, "pl-8")}
          />
        </div>
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
  const { data, error } = projects
  if (error && !data) {
    return (
      <Panel label="Projects">
        <ErrorPanel
          title="Projects could not be loaded"
          error={error}
          onRetry={() => projects.refetch()}
        />
      </Panel>
    )
  }
  if (!data) return <ProjectTableSkeleton />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0 && filtered) {
    return (
      <Panel label="Projects">
        <EmptyState
          icon={SearchX}
          title="No project matches"
          action={<Button onClick={onClear}>Show all projects</Button>}
        >
          Names and last requests are searched.
        </EmptyState>
      </Panel>
    )
  }
  if (items.length === 0) {
    return (
      <Panel label="Projects">
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
      </Panel>
    )
  }
  return <FullList items={items} projects={projects} />
}

function FullList({ items, projects }: { items: Project[]; projects: ResultsProps["projects"] }) {
  return (
    <Panel
      label="Projects"
      footer={
        <div className="flex flex-wrap items-center justify-between gap-2">
          <span>
            {count(items.length, "project")}
            {projects.hasNextPage ? " shown" : ""}
          </span>
          {projects.hasNextPage ? (
            <Button
              size="sm"
              busy={projects.isFetchingNextPage ? "Loading projects" : undefined}
              onClick={() => projects.fetchNextPage()}
            >
              Load more
            </Button>
          ) : null}
          <span className="max-md:hidden">
            <Kbd>J</Kbd> <Kbd>K</Kbd> move, <Kbd>↵</Kbd> open, <Kbd>/</Kbd> filter
          </span>
        </div>
      }
    >
      <ProjectTable projects={items} />
    </Panel>
  )
}
