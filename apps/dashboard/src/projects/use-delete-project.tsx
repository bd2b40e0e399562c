"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import dynamic from "next/dynamic"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { projectAllows } from "./project-allows.ts"
import { deleteProject, projectOf } from "./queries.ts"

const DeleteDialog = dynamic(
  () => import("../form/delete-dialog.tsx").then((module) => module.DeleteDialog),
  { ssr: false },
)

/** Asks whether a project is to be deleted; the dialog is loaded when it is first wanted. */
export function useDeleteProject(onDeleted?: () => void) {
  const { offUnless } = useSession()
  const [wanted, setWanted] = useState<{ project: Project; open: boolean }>()
  const close = () => setWanted(wanted && { ...wanted, open: false })
  const kept = useQuery({ ...projectOf(wanted?.project.id ?? ""), enabled: false }).data
  const project = kept ?? wanted?.project
  const remove = useMutation(deleteProject)
  return {
    ask: (of: Project) => setWanted({ project: of, open: true }),
    /** why a project cannot be deleted now, or nothing */
    off: ({ state }: Pick<Project, "state">) =>
      offUnless("project:delete", "delete projects") ??
      (projectAllows("delete", state) ? undefined : "It is being deleted already."),
    dialog:
      wanted && project ? (
        <DeleteDialog
          noun="project"
          name={project.name}
          open={wanted.open}
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
        </DeleteDialog>
      ) : null,
  }
}
