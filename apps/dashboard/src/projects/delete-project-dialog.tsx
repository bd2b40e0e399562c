"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { type FormEvent, useEffect, useId, useState } from "react"
import { fieldError, problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { useDeleteProject } from "./queries.ts"

interface DeleteProjectProps {
  /** the project in question; none closes the dialog */
  project: Project | undefined
  onClose(): void
  onDeleted?(): void
}

/** Asks for the name to be typed, then deletes. */
export function DeleteProjectDialog({ project, onClose, onDeleted }: DeleteProjectProps) {
  return (
    <Dialog
      open={project !== undefined}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`Delete ${project?.name ?? "project"}?`}
    >
      {project ? (
        <DeleteForm project={project} onClose={onClose} onDeleted={onDeleted ?? onClose} />
      ) : null}
    </Dialog>
  )
}

interface DeleteFormProps {
  project: Project
  onClose(): void
  onDeleted(): void
}

function DeleteForm({ project, onClose, onDeleted }: DeleteFormProps) {
  const form = useId()
  const [name, setName] = useState("")
  const remove = useDeleteProject(project)
  useEffect(() => {
    if (project.state === "deleting" && !remove.isPending) onDeleted()
  }, [project.state, remove.isPending, onDeleted])
  const matches = name.trim() === project.name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (matches && !remove.isPending) remove.mutate(name.trim(), { onSuccess: onDeleted })
  }
  const error = remove.error
    ? (fieldError(remove.error, "name") ?? problemOf(remove.error).detail)
    : undefined
  return (
    <form id={form} onSubmit={submit} className="grid gap-4">
      <p>
        Its files and their history, its data, its machine and its address are removed, then checked
        to be gone. This cannot be undone.
      </p>
      <TextField
        label={
          <>
            Type <span className="mono font-semibold">{project.name}</span> to confirm
          </>
        }
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={error}
        autoComplete="off"
        spellCheck={false}
      />
      <div className="-mx-5 -mb-5 flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          kind="bad"
          off={matches ? undefined : "Type the project’s name first."}
          busy={remove.isPending ? "Deleting project" : undefined}
        >
          Delete project
        </Button>
      </div>
    </form>
  )
}
