"use client"
import type { FileDiff } from "@vibecaas/contract/commits"
import { useMemo } from "react"
import { useColouredDiff } from "../code/use-coloured-diff.tsx"
import { CodeBlock, diffLines } from "../ui/code-block.tsx"
import { readPatch } from "../ui/diff.ts"
import { LineCounts } from "../ui/line-counts.tsx"
import { Note } from "../ui/note.tsx"

/** Files that differ, each with its lines. */
export function DiffView({ files }: { files: readonly FileDiff[] }) {
  return (
    <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {files.map((file) => (
        <li key={file.path} className="grid grid-cols-[minmax(0,1fr)] gap-2">
          <FileChange file={file} />
          {file.truncated ? <Note>The rest of this change is too long to show.</Note> : null}
        </li>
      ))}
    </ul>
  )
}

const changeWords = { added: "new", modified: "", deleted: "deleted" }

function FileChange({ file }: { file: FileDiff }) {
  const lines = useMemo(() => readPatch(file.patch), [file.patch])
  const faces = useColouredDiff(file.path, lines)
  return (
    <CodeBlock
      about={file.path}
      label={`Changes in ${file.path}`}
      end={
        <>
          {changeWords[file.change]}
          <LineCounts added={file.added} removed={file.removed} />
        </>
      }
      lines={lines.length > 0 ? diffLines(lines, faces) : diffLines([noText(file)])}
      shown={24}
    />
  )
}

const noText = (file: FileDiff) => ({
  kind: "same" as const,
  number: undefined,
  text: file.patch.startsWith("Binary") ? "Not text, so no lines to show." : "No lines differ.",
})
