"use client"
import type { ReactNode } from "react"
import { ErrorPanel } from "./error-panel.tsx"

interface ReadBodyProps<Data> {
  of: { data: Data | undefined; error: Error | null; refetch(): unknown }
  /** said when nothing could be read, e.g. "The history could not be loaded" */
  failed: string
  /** the shape of what will be there */
  skeleton: ReactNode
  children(data: Data): ReactNode
}

/** What was read, in each of its states; what is there stays when it cannot be read again. */
export function ReadBody<Data>({ of, failed, skeleton, children }: ReadBodyProps<Data>) {
  if (of.data !== undefined) return children(of.data)
  if (!of.error) return skeleton
  return <ErrorPanel title={failed} error={of.error} onRetry={() => of.refetch()} />
}
