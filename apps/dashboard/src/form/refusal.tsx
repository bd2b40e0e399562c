import type { Problem } from "@vibecaas/contract/faults"
import { expected } from "../api/problem.ts"
import { CopyId } from "../ui/copy-id.tsx"
import { Note } from "../ui/note.tsx"

/** What was refused and does not belong to one field. */
export function Refusal({ problem }: { problem: Problem | undefined }) {
  if (!problem) return null
  return (
    <div role="alert">
      <Note tone="bad">
        <p>{problem.detail}</p>
        {problem.requestId && !expected(problem) ? (
          <CopyId id={problem.requestId} noun="request id" whole />
        ) : null}
      </Note>
    </div>
  )
}
