"use client"
import { useMutation, useQuery } from "@tanstack/react-query"
import type { Version } from "@vibecaas/contract/version"
import { problemOf } from "../../api/problem.ts"
import { read } from "../../api/read.ts"
import { ConfirmDialog } from "../../form/confirm-dialog.tsx"
import { Refusal } from "../../form/refusal.tsx"
import { LineCounts } from "../../ui/line-counts.tsx"
import { Note } from "../../ui/note.tsx"
import { Loading, Skeleton } from "../../ui/skeleton.tsx"
import { useToast } from "../../ui/toast.tsx"
import { useOpenProject } from "../project-frame.tsx"
import { undoVersion } from "../queries.ts"
import { DataStay, tellMade } from "./made.tsx"
import { titleOf } from "./version-words.ts"

interface UndoProps {
  version: Version
  open: boolean
  onClose(): void
}

/** Says which files undoing would change, or which stand in its way, and does it. */
export function UndoDialog({ version, open, onClose }: UndoProps) {
  const { id: projectId } = useOpenProject()
  const say = useToast()
  const undo = useMutation(undoVersion)
  const query = { version: version.id }
  const seen = useQuery({
    ...read("GET /projects/{projectId}/undo", { params: { projectId }, query }),
    enabled: open,
    gcTime: 0,
  })
  const { run } = version
  const stuck = (seen.data?.conflicts.length ?? 0) > 0
  return (
    <ConfirmDialog
      open={open}
      title={run ? `Undo run ${run.number}?` : "Undo this change?"}
      verb={run ? "Undo this run" : "Undo this change"}
      doing="Undoing"
      kind="main"
      off={offOf(seen)}
      act={undo}
      onConfirm={async () => {
        const made = await undo.mutateAsync({ params: { projectId }, body: query })
        tellMade(say, run ? `Run ${run.number} is undone` : "It is undone", made)
        onClose()
      }}
      onClose={onClose}
    >
      <Refusal problem={seen.error ? problemOf(seen.error) : undefined} />
      <p className="line-clamp-3">{titleOf(version)}</p>
      {seen.data && stuck ? <InTheWay paths={seen.data.conflicts} /> : null}
      {seen.data && !stuck ? <WouldChange files={seen.data.files} /> : null}
      {seen.isPending ? (
        <div className="grid gap-2">
          <Loading what="what would change" />
          <Skeleton className="w-2/3" />
          <Skeleton className="w-1/2" />
        </div>
      ) : null}
      {stuck ? null : (
        <ul className="grid list-disc gap-1.5 pl-4">
          <li>What other versions changed stays. The undo itself can be undone.</li>
          <DataStay />
        </ul>
      )}
    </ConfirmDialog>
  )
}

function offOf(seen: { isPending: boolean; data?: { conflicts: string[] } | undefined }) {
  if (seen.isPending) return "What would change is being looked at."
  if (!seen.data) return "It cannot be undone."
  return seen.data.conflicts.length > 0 && "Files were changed again since."
}

function InTheWay({ paths }: { paths: readonly string[] }) {
  return (
    <Note tone="warn" title="It cannot be undone by itself.">
      These files were changed again since, at the same places. Undo what came later first, or
      restore a whole version.
      <ul className="mono mt-2 grid gap-1 text-12">
        {paths.map((path) => (
          <li key={path} className="break-all">
            {path}
          </li>
        ))}
      </ul>
    </Note>
  )
}

interface WouldChangeProps {
  files: readonly { path: string; change: string; added: number; removed: number }[]
}

const words: Record<string, string> = { added: "comes back", deleted: "goes", modified: "" }

function WouldChange({ files }: WouldChangeProps) {
  return (
    <ul aria-label="Files that change" className="grid max-h-48 gap-1 overflow-y-auto text-12">
      {files.map(({ path, change, added, removed }) => (
        <li key={path} className="flex items-center gap-2">
          <span className="mono min-w-0 flex-1 truncate text-fg">{path}</span>
          <span className="text-fg-3">{words[change]}</span>
          <LineCounts added={added} removed={removed} />
        </li>
      ))}
    </ul>
  )
}
