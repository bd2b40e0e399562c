"use client"
import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"
import { Box, SearchX } from "lucide-react"
import { useRef } from "react"
import { itemsIn } from "../api/kept.ts"
import { useSession } from "../shell/session.tsx"
import { useInAddress } from "../shell/use-in-address.ts"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { Kbd } from "../ui/kbd.tsx"
import { ListPanel } from "../ui/list-panel.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { useSettled } from "../ui/use-settled.ts"
import { sorted } from "./project-sort.ts"
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

interface ProjectListProps {
  /** writes an example into the box for prompts */
  onExample(prompt: string): void
}

/** The projects, with a filter by state and a search. */
export function ProjectList({ onExample }: ProjectListProps) {
  const [chosen, setState] = useInAddress("state", "all")
  const state = filters.find(({ value }) => value === chosen)?.value ?? "all"
  const [text, setText] = useInAddress("search")
  const [sort, setSort] = useInAddress("sort")
  const search = useSettled(text.trim())
  const field = useRef<HTMLInputElement>(null)
  const projects = useProjects({ state: state === "all" ? undefined : state, search })
  useShortcut("/", () => field.current?.focus())
  const filtered = state !== "all" || search !== ""
  const all = useProjects({ state: undefined, search: "" })
  const known = all.data && !all.hasNextPage ? itemsIn(all.data) : undefined
  const nothing = known?.length === 0 && !filtered
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className={cn("flex flex-wrap items-center gap-x-3 gap-y-2", nothing && "hidden")}>
        <Segmented
          label="State"
          value={state}
          segments={known ? counted(known) : filters}
          onChange={setState}
        />
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
        sort={sort}
        onSort={setSort}
        onExample={onExample}
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
  sort: string
  onSort(sort: string): void
  onExample(prompt: string): void
  onClear(): void
}

function ProjectResults(props: ResultsProps) {
  const { projects, filtered, sort, onSort, onExample, onClear } = props
  const { offUnless } = useSession()
  // Only what is there as a whole can be put in order here.
  const whole = projects.data !== undefined && !projects.hasNextPage
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
              <Examples
                off={offUnless("project:create", "create projects")}
                onExample={onExample}
              />
            }
          >
            A project is one app with its files, its data, its machine and its own address. Say what
            it should do, or begin with one of these and change it.
          </EmptyState>
        )
      }
      hint={
        <span className="max-md:hidden">
          <Kbd>J</Kbd> <Kbd>K</Kbd> move, <Kbd>↵</Kbd> open, <Kbd>/</Kbd> filter
        </span>
      }
    >
      {(items) => (
        <ProjectTable
          projects={whole ? sorted(items, sort) : items}
          {...(whole ? { sort, onSort } : {})}
        />
      )}
    </ListPanel>
  )
}

/** The filters with how many projects each shows. */
function counted(projects: readonly Project[]) {
  return filters.map((filter) => ({
    ...filter,
    count: projects.filter(({ state }) => filter.value === "all" || filter.value === state).length,
  }))
}

const examples = [
  { name: "Reading list", prompt: "A reading list with title, author, pages and a finished flag" },
  { name: "Plant diary", prompt: "A plant diary: plants with name, place and last watered date" },
  { name: "Recipes", prompt: "Recipes with name, ingredients and text; I want to search in them" },
  { name: "Expenses", prompt: "Expenses with date, amount, category and a note" },
]

interface ExamplesProps {
  off: string | undefined
  onExample(prompt: string): void
}

/** Prompts to begin with: one is written into the box above, to be changed and sent. */
function Examples({ off, onExample }: ExamplesProps) {
  return examples.map(({ name, prompt }) => (
    <Button key={name} size="sm" off={off} title={prompt} onClick={() => onExample(prompt)}>
      {name}
    </Button>
  ))
}
