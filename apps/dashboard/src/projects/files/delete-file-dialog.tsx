"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { ConfirmDialog } from "../../form/confirm-dialog.tsx"
import { useSession } from "../../shell/session.tsx"
import { commitFiles } from "../queries.ts"
import { commitOf } from "./commit-of.ts"

interface DeleteFileProps {
  projectId: Project["id"]
  path: string
  commit: string
  open: boolean
  onClose(): void
}

/** Deletes a file by a commit; the history keeps it, so no name has to be typed. */
export function DeleteFileDialog({ projectId, path, commit, open, onClose }: DeleteFileProps) {
  const { paths } = useSession()
  const router = useRouter()
  const save = useMutation(commitFiles)
  return (
    <ConfirmDialog
      open={open}
      title={`Delete ${path}?`}
      verb="Delete file"
      doing="Deleting"
      act={save}
      onConfirm={async () => {
        const changes = [{ path, content: null }]
        const message = `Delete ${path}`
        await save.mutateAsync(commitOf(projectId, { changes, message, parent: commit }))
        router.push(paths.files(projectId))
        onClose()
      }}
      onClose={onClose}
    >
      <p>Its version before stays in the history, from where it can be restored.</p>
    </ConfirmDialog>
  )
}
