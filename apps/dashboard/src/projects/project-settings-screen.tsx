"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { ApprovalsPanel } from "../agents/approvals-panel.tsx"
import { fieldError, problemOf } from "../api/problem.ts"
import { RenameForm } from "../form/rename-form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Switch } from "../ui/switch.tsx"
import { projectAllows } from "./project-allows.ts"
import { useOpenProject } from "./project-frame.tsx"
import { updateProject } from "./queries.ts"
import { useDeleteProject } from "./use-delete-project.tsx"

/** Name, who sees the preview, what agents may do, and the end. */
export function ProjectSettingsScreen() {
  const project = useOpenProject()
  return (
    <Page>
      <div className="grid max-w-[720px] gap-6">
        <NamePanel project={project} />
        <PreviewForm project={project} />
        <ApprovalsPanel project={project} />
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

function PreviewForm({ project }: { project: Project }) {
  const update = useMutation(updateProject)
  const shown = update.isPending ? update.variables.body.preview : undefined
  const isPublic = (shown ?? project.preview) === "public"
  return (
    <Panel title="Preview">
      <div className="grid gap-4 p-4">
        <Switch
          label="Public preview"
          help={
            isPublic
              ? "Everybody who can reach this server and knows the address sees the app."
              : "Only members of the organization see the app, after they signed in here."
          }
          checked={isPublic}
          off={useUpdateOff(project)}
          onChange={(wanted) =>
            update.mutate({
              params: { projectId: project.id },
              body: { preview: wanted ? "public" : "private" },
              ifMatch: project.version,
            })
          }
        />
        {update.error ? <Note tone="bad">{updateError(update.error, "preview")}</Note> : null}
      </div>
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
        <Button kind="bad" off={off(project)} onClick={() => ask(project)}>
          Delete project
        </Button>
      </div>
      {dialog}
    </Panel>
  )
}
