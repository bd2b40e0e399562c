"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Organization } from "@vibecaas/contract/kinds/tenants"
import { ArrowRight, CircleStop, ExternalLink, Trash2 } from "lucide-react"
import Link from "next/link"
import { useRouter } from "next/navigation"
import { useRunAction, useRuns } from "../agents/queries.ts"
import { isActive } from "../agents/roles.ts"
import { problemOf } from "../api/problem.ts"
import { useOpenPreview } from "../apps/open-preview.ts"
import { useApp } from "../apps/queries.ts"
import { useMachine } from "../machines/queries.ts"
import { machineActions, useMachineActions } from "../machines/use-machine-actions.ts"
import { type Command, useCommands } from "../shell/commands.tsx"
import { hrefOf } from "../shell/pages.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { StateBadge } from "../ui/state.tsx"
import { useToast } from "../ui/toast.tsx"
import { CopyAddress } from "./copy-address.tsx"
import { previewOff } from "./preview-off.ts"
import { projectLooks } from "./project-looks.ts"
import { projectPages } from "./project-pages.ts"
import { useDeleteProject } from "./use-delete-project.tsx"

/** longer evidence, such as why a run failed, stands with the run itself */
const briefChars = 48

/** Name, state, address and what can be done with the project as a whole. */
export function ProjectHead({ project }: { project: Project }) {
  const { organization } = useSession()
  const open = useOpenPreview(project)
  const cancel = useCancelRun(project)
  const app = useApp(project)
  const off = previewOff(project, app.data)
  return (
    <div className="flex flex-none flex-wrap items-start justify-between gap-x-4 gap-y-3 px-8 pt-5 pb-4 max-md:px-4 max-md:pt-4 max-md:pb-3">
      <div className="min-w-0 flex-[1_1_240px] max-md:flex-[1_1_176px]">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="text-20 font-semibold tracking-[-0.014em] [overflow-wrap:anywhere]">
            {project.name}
          </h1>
          <StateBadge look={projectLooks[project.state]} />
          <Evidence project={project} />
        </div>
        <div className="facts mt-1 text-13">
          <CopyAddress url={project.previewUrl} />
          <span className="max-md:line-clamp-1">
            {project.preview === "private" ? seenBy(organization) : "Public preview"}
          </span>
          <span className="max-md:hidden">
            <CopyId id={project.id} noun="project id" />
          </span>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button onClick={() => open()} off={off}>
          <ExternalLink aria-hidden="true" />
          Open app
        </Button>
        {cancel.run ? (
          <Button
            onClick={cancel.go}
            off={cancel.off}
            busy={cancel.busy ? "Cancelling run" : undefined}
          >
            <CircleStop aria-hidden="true" />
            Cancel run
          </Button>
        ) : null}
      </div>
      <ProjectCommands
        project={project}
        onOpen={off ? undefined : open}
        onCancel={cancel.run && !cancel.off ? cancel.go : undefined}
      />
    </div>
  )
}

/** The evidence of its state in a word, which leads to all of it. */
function Evidence({ project: { id, state, stateDetail } }: { project: Project }) {
  const { paths } = useSession()
  if (!stateDetail || stateDetail.length > briefChars) return null
  return (
    <Link
      href={state === "crashed" ? paths.logs(id) : paths.project(id)}
      className="text-13 text-fg-3 hover:text-fg hover:underline hover:underline-offset-3"
    >
      {stateDetail}
    </Link>
  )
}

function useCancelRun(project: Project) {
  const { offUnless } = useSession()
  const runs = useRuns(project.id)
  const say = useToast()
  // Candidates are stopped where they are compared.
  const run = runs.data?.pages[0]?.items.find(
    ({ state, comparisonId }) => isActive(state) && comparisonId === null,
  )
  const cancel = useRunAction("cancel")
  return {
    run,
    off: offUnless("run:start", "cancel runs"),
    busy: cancel.isPending,
    go: () =>
      run &&
      cancel.mutate(
        { params: { runId: run.id } },
        {
          onError: (error) =>
            say({ glyph: "bad", title: "The run goes on", detail: problemOf(error).detail }),
        },
      ),
  }
}

interface ProjectCommandsProps {
  project: Project
  onOpen: (() => void) | undefined
  onCancel: (() => void) | undefined
}

/** Pages and actions of the project for the palette. */
function ProjectCommands({ project, onOpen, onCancel }: ProjectCommandsProps) {
  const router = useRouter()
  const { paths } = useSession()
  const { ask, off, dialog } = useDeleteProject(() => router.push(paths.projects()))
  const mayDelete = off(project) === undefined
  useCommands(project.name, [
    ...projectPages.map((page) => ({
      name: `Go to ${page.name}`,
      icon: page.icon ?? ArrowRight,
      run: () => router.push(`${paths.root}${hrefOf(page, { projectId: project.id })}`),
    })),
    ...(onOpen ? [{ name: "Open app", icon: ExternalLink, run: onOpen }] : []),
    ...(onCancel ? [{ name: "Cancel run", icon: CircleStop, run: onCancel }] : []),
    ...(mayDelete ? [{ name: "Delete project", icon: Trash2, run: () => ask(project) }] : []),
    ...useMachineCommands(project),
  ])
  return dialog
}

/** What can be done with its machine now, from each of its pages. */
function useMachineCommands(project: Project): readonly Command[] {
  const { off, go } = useMachineActions(useMachine(project).data)
  return machineActions
    .filter(({ verb }) => off(verb) === undefined)
    .map(({ verb, name, icon }) => ({ name: `${name} machine`, icon, run: () => go(verb) }))
}

/** Who sees a private preview. */
function seenBy({ name, members }: Pick<Organization, "name" | "members">): string {
  return members === 1 ? "Only you" : `Private to ${name}`
}
