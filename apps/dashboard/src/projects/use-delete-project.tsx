"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { LazyDeleteDialog } from "../form/lazy-delete-dialog.ts"
import { useSession } from "../shell/session.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { projectAllows } from "./project-allows.ts"
import { deleteProject, projectOf } from "./queries.ts"

/** Asks whether a project is to be deleted; the dialog is loaded when it is first wanted. */
export function useDeleteProject(onDeleted?: () => void) {
  const { offUnless } = useSession()
  const { about, open, ask, close } = useAsked<Project>()
  const kept = useQuery({ ...projectOf(about?.id ?? ""), enabled: false }).data
  const project = about && (kept ?? about)
  const remove = useMutation(deleteProject)
  return {
    ask,
    /** why a project cannot be deleted now, or nothing */
    off: ({ state }: Pick<Project, "state">) =>
      offUnless("project:delete", "delete projects") ??
      (projectAllows("delete", state) ? undefined : "It is being deleted already."),
    dialog: project ? (
      <LazyDeleteDialog
        noun="project"
        name={project.name}
        open={open}
        going={project.state === "deleting"}
        onDelete={(name) =>
          remove.mutateAsync({ params: { projectId: project.id }, body: { name } })
        }
        onClose={close}
        onDeleted={() => {
          close()
          onDeleted?.()
        }}
      >
        Its files and their history, its data, its machines and its address are removed, then
        checked to be gone.
      </LazyDeleteDialog>
    ) : null,
  }
}
