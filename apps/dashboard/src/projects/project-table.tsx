"use client"
import type { Project } from "@vibecaas/contract/projects"
import { projectAllows } from "./project-allows.ts"
import { Globe, Lock, Trash2 } from "lucide-react"
import dynamic from "next/dynamic"
import Link from "next/link"
import { useRef, useState } from "react"
import { paths } from "../paths.ts"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { projectLooks } from "./project-looks.ts"
import { hostOf } from "./preview-address.ts"

const DeleteProjectDialog = dynamic(
  () => import("./delete-project-dialog.tsx").then((module) => module.DeleteProjectDialog),
  { ssr: false },
)

const headCell = "px-3 py-[7px] text-left text-12 font-normal whitespace-nowrap text-fg-3"
// On a narrow screen a row is a small block: name and state lead, the request and the time follow.
const row =
  "border-b border-line transition-colors duration-(--m-1) last:border-b-0 hover:bg-hover focus-within:bg-hover max-md:grid max-md:grid-cols-[minmax(0,1fr)_auto] max-md:items-baseline max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3 motion-safe:animate-arrive"
const cell = "h-11 px-3 max-md:block max-md:h-auto max-md:p-0"

/** The list as a table; J and K move, Enter opens. */
export function ProjectTable({ projects }: { projects: readonly Project[] }) {
  const [deleting, setDeleting] = useState<Project>()
  const [asked, setAsked] = useState(false)
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
      <table className="w-full table-fixed border-collapse text-13 max-md:block" role="table">
        <TableHead />
        <tbody ref={body} className="max-md:block">
          {projects.map((project) => (
            <ProjectRow
              key={project.id}
              project={project}
              onDelete={() => {
                setAsked(true)
                setDeleting(project)
              }}
            />
          ))}
        </tbody>
      </table>
      {asked ? (
        <DeleteProjectDialog project={deleting} onClose={() => setDeleting(undefined)} />
      ) : null}
    </>
  )
}

function TableHead() {
  return (
    <thead className="border-b border-line bg-sunken max-md:sr-only">
      <tr>
        <th scope="col" className={cn(headCell, "w-[26%] pl-4")}>
          Project
        </th>
        <th scope="col" className={cn(headCell, "w-[22%]")}>
          State
        </th>
        <th scope="col" className={headCell}>
          Last request
        </th>
        <th scope="col" className={cn(headCell, "w-28 text-right")}>
          Changed
        </th>
        <th scope="col" className={cn(headCell, "w-14 pr-4")}>
          <span className="sr-only">Actions</span>
        </th>
      </tr>
    </thead>
  )
}

function ProjectRow({ project, onDelete }: { project: Project; onDelete(): void }) {
  const Privacy = project.preview === "private" ? Lock : Globe
  return (
    <tr className={row}>
      <td className={cn(cell, "pl-4")}>
        <Link
          data-row-link
          href={paths.project(project.id)}
          className="block truncate rounded-1 font-medium text-fg"
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
      </td>
      <td className={cn(cell, "max-md:col-start-2 max-md:row-start-1 max-md:justify-self-end")}>
        <State
          look={projectLooks[project.state]}
          detail={project.stateDetail}
          className="max-w-full min-w-0 overflow-hidden max-md:[&>small]:hidden"
        />
      </td>
      <td className={cn(cell, "max-md:min-w-0")}>
        <span className="block truncate text-fg-2" title={project.goal ?? undefined}>
          {project.goal ?? "–"}
        </span>
      </td>
      <td
        className={cn(
          cell,
          "text-right text-fg-2 tabular-nums max-md:col-start-2 max-md:text-12 max-md:text-fg-3",
        )}
      >
        <RelativeTime at={project.updatedAt} />
      </td>
      <td className={cn(cell, "pr-4 text-right max-md:hidden")}>
        <RowActions project={project} onDelete={onDelete} />
      </td>
    </tr>
  )
}

function RowActions({ project, onDelete }: { project: Project; onDelete(): void }) {
  const { offUnless } = useSession()
  const off =
    offUnless("project:delete", "delete projects") ??
    (projectAllows("delete", project.state) ? undefined : "It is being deleted already.")
  return (
    <Button
      kind="ghost"
      size="sm"
      icon
      aria-label={`Delete ${project.name}`}
      off={off}
      onClick={onDelete}
    >
      <Trash2 aria-hidden="true" strokeWidth={1.75} />
    </Button>
  )
}

/** The table's shape while it loads. */
export function ProjectTableSkeleton() {
  return (
    <div className="overflow-clip rounded-3 border border-line">
      <Loading what="projects" />
      <div className="h-[31px] border-b border-line bg-sunken max-md:hidden" />
      {[70, 50, 62, 44, 56].map((width) => (
        <div
          key={width}
          className="grid h-[45px] grid-cols-[26%_22%_1fr_72px] items-center border-b border-line px-4 last:border-b-0 max-md:h-20 max-md:grid-cols-[1fr_72px]"
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
