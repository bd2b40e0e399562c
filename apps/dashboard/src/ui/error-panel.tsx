"use client"
import { RotateCw, TriangleAlert } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { Button } from "./button.tsx"
import { CopyId } from "./copy-id.tsx"

interface ErrorPanelProps {
  /** what could not be shown, e.g. "Projects could not be loaded" */
  title: string
  error: unknown
  onRetry?: () => void
}

/** The sentence from the fault, what to do, and the request id to copy. */
export function ErrorPanel({ title, error, onRetry }: ErrorPanelProps) {
  const problem = problemOf(error)
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <TriangleAlert aria-hidden="true" className="mb-2 size-5 text-fg-3" strokeWidth={1.75} />
      <p className="font-semibold">{title}</p>
      <p className="max-w-[52ch] text-13 break-words text-fg-2">{problem.detail}</p>
      <div className="mt-3 flex flex-wrap items-center justify-center gap-x-3 gap-y-2">
        {onRetry ? (
          <Button onClick={onRetry}>
            <RotateCw aria-hidden="true" />
            Try again
          </Button>
        ) : null}
        {problem.requestId ? <CopyId id={problem.requestId} noun="request id" whole /> : null}
      </div>
    </div>
  )
}
