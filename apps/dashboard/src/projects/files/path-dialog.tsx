"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { call } from "../../api/call.ts"
import { problemOf } from "../../api/problem.ts"
import { Refusal } from "../../form/refusal.tsx"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { Dialog, DialogButtons } from "../../ui/dialog.tsx"
import { TextField } from "../../ui/field.tsx"
import { commitFiles } from "../queries.ts"
import { type Change, commitOf } from "./commit-of.ts"

interface PathDialogProps {
  projectId: Project["id"]
  /** paths that are there */
  taken: readonly string[]
  commit: string | null
  /** the file that gets another path; none: a new one */
  renames?: string | undefined
  open: boolean
  onClose(): void
}

/** Asks for a path: of a new file, or another one of a file that is there. */
export function PathDialog(props: PathDialogProps) {
  const { projectId, taken, commit, renames, open, onClose } = props
  const { paths } = useSession()
  const router = useRouter()
  const [path, setPath] = useState(renames ?? "")
  const commits = useMutation(commitFiles)
  const save = useMutation({
    mutationFn: async () => {
      const changes = await changesOf(props, path)
      const message = renames ? `Rename ${renames} to ${path}` : `Add ${path}`
      return commits.mutateAsync(commitOf(projectId, { changes, message, parent: commit }))
    },
  })
  const error = errorOf(path, { taken, renames })
  const go = async () => {
    if (error !== undefined || path === "" || save.isPending) return
    const made = await save.mutateAsync().catch(() => undefined)
    if (!made) return
    router.push(paths.file(projectId, path))
    onClose()
  }
  const problem = save.error ? problemOf(save.error) : undefined
  const atField = problem?.code === "path_refused" ? problem.detail : error
  return (
    <Dialog open={open} onClose={onClose} title={renames ? "Rename file" : "New file"}>
      <form
        aria-label={renames ? "Rename file" : "New file"}
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
        className="grid gap-4"
      >
        <Refusal problem={problem?.code === "path_refused" ? undefined : problem} />
        <TextField
          label="Path"
          help="Folders come into being with their first file, e.g. public/style.css."
          value={path}
          error={atField}
          autoFocus
          spellCheck={false}
          onChange={(event) => {
            save.reset()
            setPath(event.target.value)
          }}
        />
        <DialogButtons onCancel={onClose}>
          <Button
            type="submit"
            kind="main"
            off={path === "" && "Say where it is to be."}
            busy={save.isPending ? "Saving" : undefined}
          >
            {renames ? "Rename file" : "Create file"}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  )
}

function errorOf(path: string, of: Pick<PathDialogProps, "taken" | "renames">) {
  if (path === of.renames) return undefined
  return of.taken.includes(path) ? "There is a file at this path already." : undefined
}

async function changesOf({ projectId, renames }: PathDialogProps, path: string): Promise<Change[]> {
  if (renames === undefined) return [{ path, content: "" }]
  const request = { params: { projectId }, query: { path: renames } }
  const { content } = await call("GET /projects/{projectId}/file", request)
  return [
    { path: renames, content: null },
    { path, content },
  ]
}
