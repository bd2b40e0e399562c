"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useEffect } from "react"
import { Form } from "../form/form.tsx"
import { useForm } from "../form/use-form.ts"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { deleteProject } from "./queries.ts"

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
  const remove = useMutation(deleteProject)
  const form = useForm({
    values: { name: "" },
    body: (typed) => ({ name: typed.name.trim() }),
    send: (_, typed) =>
      remove.mutateAsync({
        params: { projectId: project.id },
        body: { name: typed.name.trim() },
      }),
    done: onDeleted,
    check: (typed) => ({
      name: typed.name.trim() === project.name ? undefined : "Type the project’s name first.",
    }),
  })
  useEffect(() => {
    if (project.state === "deleting" && !form.pending) onDeleted()
  }, [project.state, form.pending, onDeleted])
  const matches = form.state.watch("name").trim() === project.name
  return (
    <Form form={form} label={`Delete ${project.name}`}>
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
        autoComplete="off"
        spellCheck={false}
        {...form.text("name")}
      />
      <div className="-mx-5 -mb-5 flex justify-end gap-2 border-t border-line px-5 py-3">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          kind="bad"
          off={matches ? undefined : "Type the project’s name first."}
          busy={form.pending ? "Deleting project" : undefined}
        >
          Delete project
        </Button>
      </div>
    </Form>
  )
}
