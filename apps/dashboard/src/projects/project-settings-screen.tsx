"use client"
import type { Project } from "@vibecaas/contract/projects"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { type FormEvent, useState } from "react"
import { fieldError, problemOf } from "../api/problem.ts"
import { paths } from "../paths.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { projectName } from "./limits.ts"
import { PreviewChoice } from "./preview-choice.tsx"
import { projectAllows } from "./project-allows.ts"
import { useOpenProject } from "./project-frame.tsx"
import { useUpdateProject } from "./queries.ts"

const DeleteProjectDialog = dynamic(
  () => import("./delete-project-dialog.tsx").then((module) => module.DeleteProjectDialog),
  { ssr: false },
)

/** Name, who sees the preview, and the end. */
export function ProjectSettingsScreen() {
  const project = useOpenProject()
  return (
    <Page>
      <div className="grid max-w-[720px] gap-6">
        <NameForm project={project} />
        <PreviewForm project={project} />
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

function NameForm({ project }: { project: Project }) {
  const [name, setName] = useState(project.name)
  const [complaint, setComplaint] = useState<string>()
  const update = useUpdateProject(project)
  const off =
    useUpdateOff(project) ?? (name.trim() === project.name ? "The name is the same." : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (off || update.isPending) return
    const wrong = projectName(name)
    setComplaint(wrong)
    if (!wrong) update.mutate({ name: name.trim() })
  }
  return (
    <Panel title="Name">
      <form onSubmit={submit} className="grid gap-4 p-4">
        <TextField
          label="Project name"
          value={name}
          onChange={(event) => {
            setName(event.target.value)
            setComplaint(undefined)
          }}
          help="The address stays the same."
          error={complaint ?? (update.error ? updateError(update.error, "name") : undefined)}
        />
        <div>
          <Button type="submit" off={off} busy={update.isPending ? "Renaming project" : undefined}>
            Rename project
          </Button>
        </div>
      </form>
    </Panel>
  )
}

function updateError(error: unknown, field: string): string {
  const { status, detail } = problemOf(error)
  if (status === 412) return "Somebody changed the project meanwhile. Look at it and try again."
  return fieldError(error, field) ?? detail
}

function PreviewForm({ project }: { project: Project }) {
  const update = useUpdateProject(project)
  const off = useUpdateOff(project)
  return (
    <Panel title="Preview">
      <div className="grid gap-4 p-4">
        <PreviewChoice
          value={update.isPending ? (update.variables.preview ?? project.preview) : project.preview}
          off={off}
          onChange={(preview) => update.mutate({ preview })}
        />
        {update.error ? <Note tone="bad">{updateError(update.error, "preview")}</Note> : null}
      </div>
    </Panel>
  )
}

function DeletePanel({ project }: { project: Project }) {
  const router = useRouter()
  const { offUnless } = useSession()
  const [asked, setAsked] = useState(false)
  const [open, setOpen] = useState(false)
  const off =
    offUnless("project:delete", "delete projects") ??
    (projectAllows("delete", project.state) ? undefined : "It is being deleted already.")
  return (
    <Panel title="Delete">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="max-w-[52ch] text-13 text-fg-2">
          Files and their history, data, machine and address are removed. This cannot be undone.
        </p>
        <Button
          kind="bad"
          off={off}
          onClick={() => {
            setAsked(true)
            setOpen(true)
          }}
        >
          Delete project
        </Button>
      </div>
      {asked ? (
        <DeleteProjectDialog
          project={open ? project : undefined}
          onClose={() => setOpen(false)}
          onDeleted={() => {
            setOpen(false)
            router.push(paths.projects())
          }}
        />
      ) : null}
    </Panel>
  )
}
