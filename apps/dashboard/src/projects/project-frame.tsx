"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { ArrowRightLeft, SearchX } from "lucide-react"
import dynamic from "next/dynamic"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { createContext, type ReactNode, useContext, useEffect, useRef } from "react"
import { problemOf } from "../api/problem.ts"
import { useTopic } from "../live/live-provider.tsx"
import { hrefOf } from "../shell/pages.ts"
import { useSession, WithGrant } from "../shell/session.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { cn } from "../ui/cn.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton, SkeletonLines } from "../ui/skeleton.tsx"
import { ProjectHead } from "./project-head.tsx"
import { projectPages } from "./project-pages.ts"
import { useProject } from "./queries.ts"

// Its form is heavy, and who may open the project never sees it.
const AskAccess = dynamic(
  () => import("../people/ask-access.tsx").then((module) => module.AskAccess),
  { ssr: false, loading: () => <SkeletonLines what="project" /> },
)

// Most projects have no news of a move.
const MoveBanner = dynamic(
  () => import("../moves/move-banner.tsx").then((module) => module.MoveBanner),
  { ssr: false },
)

const Opened = createContext<Project | undefined>(undefined)

/** The project that the page is about. */
export function useOpenProject(): Project {
  const project = useContext(Opened)
  if (!project) throw new Error("useOpenProject outside of ProjectFrame")
  return project
}

/** Title and tabs of a project around one of its pages. */
export function ProjectFrame({ projectId, children }: { projectId: string; children: ReactNode }) {
  const { organization } = useSession()
  const project = useProject(projectId)
  // A malformed id is answered by the query's error, and followed by nothing.
  useTopic(project.data ? `project:${project.data.id}` : undefined)
  const gone = project.error !== null && problemOf(project.error).status === 404
  const elsewhere = project.data && project.data.organizationId !== organization.id
  if (elsewhere) return <Elsewhere project={project.data} />
  if (project.data && !gone) {
    return (
      <WithGrant projectId={project.data.id}>
        <Opened.Provider value={project.data}>
          <ProjectHead project={project.data} />
          <Tabs projectId={project.data.id} />
          <MoveBanner project={project.data} />
          {children}
        </Opened.Provider>
      </WithGrant>
    )
  }
  if (project.error) {
    const again = () => project.refetch()
    return <NotOpened projectId={projectId} error={project.error} onRetry={again} />
  }
  return <FrameSkeleton />
}

function Tabs({ projectId }: { projectId: Project["id"] }) {
  const here = usePathname()
  const { paths } = useSession()
  const params = { projectId }
  const open = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    const row = open.current?.parentElement
    if (open.current && row) row.scrollLeft = open.current.offsetLeft - row.clientWidth / 2
  }, [here])
  return (
    <nav
      aria-label="Project"
      className="no-bar relative flex flex-none gap-5 overflow-x-auto border-b border-line px-8 max-md:px-4"
    >
      {projectPages.map((page) => {
        const { name, Aside } = page
        const to = `${paths.root}${hrefOf(page, params)}`
        const current = here === to
        return (
          <Link
            key={name}
            ref={current ? open : undefined}
            href={to}
            aria-current={current ? "page" : undefined}
            className={cn(
              "-mb-px border-b-2 border-transparent pt-2 pb-2.5 text-13 whitespace-nowrap text-fg-2 outline-offset-[-2px] hover:text-fg",
              current && "border-accent font-medium text-fg",
            )}
          >
            {name}
            {Aside ? (
              <small className="ml-1.5 text-11 font-normal text-fg-3 tabular-nums empty:hidden">
                <Aside params={params} />
              </small>
            ) : null}
          </Link>
        )
      })}
    </nav>
  )
}

interface NotOpenedProps {
  projectId: string
  error: unknown
  onRetry(): void
}

function NotOpened({ projectId, error, onRetry }: NotOpenedProps) {
  const { status, code } = problemOf(error)
  if (code === "access_needed") {
    return (
      <InsteadOfProject>
        <AskAccess projectId={projectId} />
      </InsteadOfProject>
    )
  }
  if (status === 404 || status === 400 || status === 422) return <NoSuchProject />
  return (
    <InsteadOfProject>
      <ErrorPanel title="The project could not be loaded" error={error} onRetry={onRetry} />
    </InsteadOfProject>
  )
}

/** What was given to another organization is found there. */
function Elsewhere({ project }: { project: Project }) {
  const { me, organization } = useSession()
  const other = me.organizations.find(({ id }) => id === project.organizationId)
  return (
    <InsteadOfProject>
      <EmptyState
        icon={ArrowRightLeft}
        title="The project is elsewhere"
        action={
          <Link href={`/projects/${encodeURIComponent(project.id)}`} className={buttonLook()}>
            Open it there
          </Link>
        }
      >
        {project.name} does not belong to {organization.name}, but to{" "}
        {other?.name ?? "another organization that you can open"}.
      </EmptyState>
    </InsteadOfProject>
  )
}

function NoSuchProject() {
  const { organization, paths } = useSession()
  return (
    <InsteadOfProject>
      <EmptyState
        icon={SearchX}
        title="There is no such project"
        action={
          <Link href={paths.projects()} className={buttonLook()}>
            Show all projects
          </Link>
        }
      >
        It was deleted, or it does not belong to {organization.name}.
      </EmptyState>
    </InsteadOfProject>
  )
}

function InsteadOfProject({ children }: { children: ReactNode }) {
  return (
    <Page>
      <h1 className="sr-only">Project</h1>
      <Panel label="Project">{children}</Panel>
    </Page>
  )
}

function FrameSkeleton() {
  return (
    <div className="grid gap-3 px-8 pt-5 max-md:px-4">
      <h1 className="sr-only">Project</h1>
      <Loading what="project" />
      <Skeleton className="h-5 w-44" />
      <Skeleton className="w-72 max-w-full" />
      <div className="mt-3 flex gap-5 border-b border-line pb-3">
        {projectPages.map(({ name }) => (
          <Skeleton key={name} className="w-12" />
        ))}
      </div>
    </div>
  )
}
