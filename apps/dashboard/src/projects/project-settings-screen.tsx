"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { type ReactNode, useState } from "react"
import { ApprovalsPanel } from "../agents/approvals-panel.tsx"
import { fieldError, problemOf } from "../api/problem.ts"
import { RenameForm } from "../form/rename-form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { TransferPanel } from "../moves/transfer-panel.tsx"
import { AccessPanel } from "../people/access-panel.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CopyText } from "../ui/copy-text.tsx"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Switch } from "../ui/switch.tsx"
import { useToast } from "../ui/toast.tsx"
import { hostOf } from "./preview-address.ts"
import { projectAllows } from "./project-allows.ts"
import { useOpenProject } from "./project-frame.tsx"
import { updateProject } from "./queries.ts"
import { useDeleteProject } from "./use-delete-project.tsx"

// Forms further down the page than most people look come after the page.
const DuplicatePanel = dynamic(
  () => import("../moves/duplicate-panel.tsx").then((module) => module.DuplicatePanel),
  { ssr: false },
)
const BudgetPanel = dynamic(
  () => import("../agents/budget-panel.tsx").then((module) => module.BudgetPanel),
  { ssr: false },
)
const MakeStarterPanel = dynamic(
  () => import("../starters/make-starter-panel.tsx").then((module) => module.MakeStarterPanel),
  { ssr: false },
)
const ToolsPanel = dynamic(
  () => import("../mcp/tools-panel.tsx").then((module) => module.ToolsPanel),
  { ssr: false },
)
const MakePublic = dynamic(() => import("./make-public.tsx").then((module) => module.MakePublic), {
  ssr: false,
})

/** Name, who sees the preview, what agents see and may do, and the end. */
export function ProjectSettingsScreen() {
  const project = useOpenProject()
  return (
    <Page>
      <div className="grid max-w-[720px] gap-6">
        <NamePanel project={project} />
        <PreviewPanel project={project} />
        <AccessPanel project={project} />
        <DraftPanel project={project} />
        <ApprovalsPanel project={project} />
        <ToolsPanel project={project} />
        <BudgetPanel project={project} />
        <MakeStarterPanel project={project} />
        <DuplicatePanel project={project} />
        <TransferPanel project={project} />
        <DeletePanel project={project} />
      </div>
    </Page>
  )
}

function useUpdateOff(project: Project) {
  const { offUnless } = useSession()
  return (
    offUnless("project:update", "change projects") ??
    (projectAllows("update", project.state) ? undefined : "The project is being deleted.")
  )
}

function NamePanel({ project }: { project: Project }) {
  const update = useMutation(updateProject)
  return (
    <Panel title="Name">
      <RenameForm
        noun="project"
        name={project.name}
        help="The address stays the same."
        off={useUpdateOff(project)}
        schema={() => schemaOf("PATCH /projects/{projectId}")}
        onRename={(name) =>
          update.mutateAsync({
            params: { projectId: project.id },
            body: { name },
            ifMatch: project.version,
          })
        }
      />
    </Panel>
  )
}

function updateError(error: unknown, field: string): string {
  const { status, detail } = problemOf(error)
  if (status === 412) return "Somebody changed the project meanwhile. Look at it and try again."
  return fieldError(error, field) ?? detail
}

interface ChoiceProps {
  project: Project
  label: string
  on: boolean
  /** what it means, on and off */
  help(on: boolean): string
  /** what to write for on and for off */
  set(on: boolean): { preview: Project["preview"] } | { draftData: Project["draftData"] }
  /** asks before it is turned on */
  sure?(go: () => void, close: () => void): ReactNode
  /** says that it is so now */
  done?(on: boolean): void
}

/** Something that is on or off at once, and shown so while it is being written. */
function Choice({ project, label, on, help, set, sure, done }: ChoiceProps) {
  const [wanted, setWanted] = useState(on)
  const [asking, setAsking] = useState(false)
  const update = useMutation(updateProject)
  const shown = update.isPending ? wanted : on
  const change = (now: boolean) => {
    setWanted(now)
    const request = { params: { projectId: project.id }, ifMatch: project.version }
    update.mutate({ ...request, body: set(now) }, { onSuccess: () => done?.(now) })
  }
  const turnOn = () => {
    setAsking(false)
    change(true)
  }
  return (
    <div className="grid gap-4 p-4">
      <Switch
        label={label}
        help={help(shown)}
        checked={shown}
        off={useUpdateOff(project)}
        onChange={(now) => (now && sure ? setAsking(true) : change(now))}
      />
      {asking && sure ? sure(turnOn, () => setAsking(false)) : null}
      {update.error ? <Note tone="bad">{updateError(update.error, "preview")}</Note> : null}
    </div>
  )
}

function PreviewPanel({ project }: { project: Project }) {
  const say = useToast()
  const { previewUrl, name } = project
  const tell = (everybody: boolean) =>
    say({
      glyph: "done",
      title: everybody ? `Everybody can open ${name} now` : `${name} is private again`,
      detail: everybody ? `${hostOf(previewUrl)} is all they need.` : undefined,
    })
  return (
    <Panel title="Preview">
      <Choice
        sure={(go, close) => <MakePublic project={project} go={go} close={close} />}
        done={tell}
        project={project}
        label="Public preview"
        on={project.preview === "public"}
        help={(on) =>
          on
            ? "Everybody who can reach this server and knows the address sees the app."
            : "Only members of the organization see the app, after they signed in here."
        }
        set={(on) => ({ preview: on ? "public" : "private" })}
      />
      {project.preview === "public" ? (
        <div className="px-4 pb-4">
          <CopyText label="Address for everybody" text={project.previewUrl} wraps />
        </div>
      ) : null}
    </Panel>
  )
}

function DraftPanel({ project }: { project: Project }) {
  return (
    <Panel title="Drafts">
      <Choice
        project={project}
        label="Agents work on a copy of the data"
        on={project.draftData === "copy"}
        help={(on) =>
          on
            ? "What visitors wrote is copied to each draft, so a change is tried on it before it goes live. Models see what agents read of it."
            : "A draft begins without what visitors wrote. A change meets it first when it goes live, and is taken back if it fails."
        }
        set={(on) => ({ draftData: on ? "copy" : "none" })}
      />
    </Panel>
  )
}

function DeletePanel({ project }: { project: Project }) {
  const router = useRouter()
  const { paths } = useSession()
  const { ask, off, dialog } = useDeleteProject(() => router.push(paths.projects()))
  return (
    <Panel title="Delete">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="max-w-[52ch] text-13 text-fg-2">
          Files and their history, data, machine and address are removed. This cannot be undone.
        </p>
        <Button kind="bad-quiet" off={off(project)} onClick={() => ask(project)}>
          Delete project
        </Button>
      </div>
      {dialog}
    </Panel>
  )
}
