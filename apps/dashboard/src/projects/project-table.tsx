"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { ArrowDown, ArrowUp, Globe, Lock } from "lucide-react"
import Link from "next/link"
import { useRef } from "react"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { hostOf } from "./preview-address.ts"
import { projectLooks } from "./project-looks.ts"
import { nextSort, type SortColumn } from "./project-sort.ts"
import { RowMenu } from "./row-menu.tsx"
import { useDeleteProject } from "./use-delete-project.tsx"

interface ProjectTableProps {
  projects: readonly Project[]
  /** the order, as `project-sort.ts` has it; without it there is none to choose */
  sort?: string
  onSort?(sort: string): void
}

/** The list as a table; J and K move, Enter opens. */
export function ProjectTable({ projects, sort, onSort }: ProjectTableProps) {
  const { ask, off, dialog } = useDeleteProject()
  const body = useRef<HTMLTableSectionElement>(null)
  const move = (step: number) => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>("[data-row-link]") ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    const next = at === -1 ? (step > 0 ? 0 : links.length - 1) : at + step
    links[Math.max(0, Math.min(next, links.length - 1))]?.focus()
  }
  useShortcut("j", () => move(1))
  useShortcut("k", () => move(-1))
  return (
    <>
      <Table aria-label="Projects">
        <TableHead>
          <SortCell {...{ sort, onSort }} column="name" name="Project" className="w-[25%]" />
          <SortCell {...{ sort, onSort }} column="state" name="State" className="w-[27%]" />
          <HeadCell>Last request</HeadCell>
          <SortCell
            {...{ sort, onSort }}
            column="changed"
            name="Changed"
            className="w-28 text-right"
          />
          <HeadCell className="w-14">
            <span className="sr-only">Actions</span>
          </HeadCell>
        </TableHead>
        <TableBody ref={body}>
          {projects.map((project) => (
            <ProjectRow
              key={project.id}
              project={project}
              off={off(project)}
              onDelete={() => ask(project)}
            />
          ))}
        </TableBody>
      </Table>
      {dialog}
    </>
  )
}

interface SortCellProps {
  column: SortColumn
  name: string
  sort: string | undefined
  onSort: ((sort: string) => void) | undefined
  className: string
}

function SortCell({ column, name, sort, onSort, className }: SortCellProps) {
  if (sort === undefined || !onSort) return <HeadCell className={className}>{name}</HeadCell>
  const down = sort === `-${column}`
  const chosen = down || sort === column
  const Icon = down ? ArrowDown : ArrowUp
  return (
    <HeadCell className={className} sorted={chosen ? (down ? "descending" : "ascending") : "none"}>
      <button
        type="button"
        onClick={() => onSort(nextSort(sort, column))}
        className="inline-flex items-center gap-1 rounded-1 hover:text-fg"
      >
        {name}
        {chosen ? <Icon aria-hidden="true" className="size-3" strokeWidth={1.75} /> : null}
      </button>
    </HeadCell>
  )
}

interface ProjectRowProps {
  project: Project
  /** why it cannot be deleted now */
  off: string | undefined
  onDelete(): void
}

function ProjectRow({ project, off, onDelete }: ProjectRowProps) {
  const { paths } = useSession()
  const Privacy = project.preview === "private" ? Lock : Globe
  return (
    <Row className="relative max-md:grid-cols-[minmax(0,1fr)_auto_auto]">
      <Cell>
        <Link
          data-row-link
          href={paths.project(project.id)}
          className="block truncate rounded-1 font-medium text-fg outline-offset-0 after:absolute after:inset-0"
        >
          {project.name}
        </Link>
        <span className="flex min-w-0 items-center gap-1 text-12 text-fg-3">
          <Privacy
            role="img"
            aria-label={project.preview === "private" ? "Private preview" : "Public preview"}
            className="size-3 flex-none"
            strokeWidth={1.75}
          />
          <span className="truncate">{hostOf(project.previewUrl)}</span>
        </span>
        <span className="block truncate text-12 text-fg-3 empty:hidden md:hidden">
          {project.stateDetail}
        </span>
      </Cell>
      <Cell className="max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end">
        <State
          look={projectLooks[project.state]}
          detail={project.stateDetail}
          className="max-w-full min-w-0 overflow-hidden max-md:[&>small]:hidden"
        />
      </Cell>
      <Cell>
        <span className="block truncate text-fg-2" title={project.goal ?? undefined}>
          {project.goal ?? "–"}
        </span>
      </Cell>
      <Cell className="text-right text-fg-2 tabular-nums max-md:col-start-2 max-md:justify-self-end max-md:text-12 max-md:text-fg-3">
        <RelativeTime at={project.updatedAt} />
      </Cell>
      <Cell className="relative z-10 text-right max-md:col-start-3 max-md:row-span-2 max-md:row-start-1 max-md:-mr-2 max-md:self-center">
        <RowMenu {...{ project, off, onDelete }} />
      </Cell>
    </Row>
  )
}

/** The table's shape while it loads. */
export function ProjectTableSkeleton() {
  return (
    <div>
      <Loading what="projects" />
      <div className="h-[31px] border-b border-line bg-sunken max-md:hidden" />
      {[70, 50, 62, 44, 56].map((width) => (
        <div
          key={width}
          className="grid h-[45px] grid-cols-[25%_27%_1fr_72px] items-center border-b border-line px-4 last:border-b-0 max-md:h-20 max-md:grid-cols-[1fr_72px]"
        >
          <span className="grid gap-1.5" style={{ width: `${width}%` }}>
            <Skeleton />
            <Skeleton className="h-2 w-4/5" />
          </span>
          <Skeleton className="w-24 max-md:w-full" />
          <Skeleton className="w-3/5 max-md:hidden" />
          <Skeleton className="max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
