"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import dynamic from "next/dynamic"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { projectAllows } from "./project-allows.ts"
import { projectOf } from "./queries.ts"

const DeleteProjectDialog = dynamic(
  () => import("./delete-project-dialog.tsx").then((module) => module.DeleteProjectDialog),
  { ssr: false },
)

/** Asks whether a project is to be deleted; the dialog is loaded when it is first wanted. */
export function useDeleteProject(onDeleted?: () => void) {
  const { offUnless } = useSession()
  const [wanted, setWanted] = useState<{ project: Project; open: boolean }>()
  const close = () => setWanted(wanted && { ...wanted, open: false })
  const kept = useQuery({ ...projectOf(wanted?.project.id ?? ""), enabled: false }).data
  return {
    ask: (project: Project) => setWanted({ project, open: true }),
    /** why a project cannot be deleted now, or nothing */
    off: ({ state }: Pick<Project, "state">) =>
      offUnless("project:delete", "delete projects") ??
      (projectAllows("delete", state) ? undefined : "It is being deleted already."),
    dialog: wanted ? (
      <DeleteProjectDialog
        project={wanted.open ? (kept ?? wanted.project) : undefined}
        onClose={close}
        onDeleted={() => {
          close()
          onDeleted?.()
        }}
      />
    ) : null,
  }
}
