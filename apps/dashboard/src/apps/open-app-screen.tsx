"use client"
import { useQuery } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import { useEffect, useState } from "react"
import { useOpenProject } from "../projects/project-frame.tsx"
import { Button } from "../ui/button.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Note } from "../ui/note.tsx"
import { Loading } from "../ui/skeleton.tsx"
import { previewAddress } from "./open-preview.ts"

interface OpenAppScreenProps {
  path: string
  draftOf: App["draftOf"]
  /** leaves the page */
  go?: (address: string) => void
}

/**
 * Where the address of a private app leads somebody whom its host does not know yet: back to it, let in.
 * A browser that keeps no cookie of the app would come back here for ever, so it is led once.
 */
export function OpenAppScreen({ path, draftOf, go = leave }: OpenAppScreenProps) {
  const project = useOpenProject()
  const [wanted, setWanted] = useState<"first" | "again">()
  const address = useQuery({
    queryKey: ["let in", project.id, draftOf, path, wanted],
    queryFn: () => previewAddress({ project, draftOf, path }),
    enabled: wanted !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    ...{ gcTime: 0, retry: 1 },
  })
  const key = `let in:${project.id}:${draftOf ?? ""}`
  useEffect(() => {
    if (wasJustHere(key)) return
    setWanted("first")
  }, [key])
  useEffect(() => {
    if (address.data === undefined) return
    window.sessionStorage.setItem(key, `${Date.now()}`)
    go(address.data)
  }, [address.data, key, go])
  if (address.error) {
    return (
      <div className="p-8 max-md:p-4">
        <ErrorPanel
          title="The app could not be opened"
          error={address.error}
          onRetry={() => address.refetch()}
        />
      </div>
    )
  }
  return (
    <div className="grid content-start gap-3 p-8 text-13 text-fg-2 max-md:p-4">
      {wanted === undefined ? (
        <Note tone="warn" title="The app did not let you in.">
          You were led to it a moment ago and came back. Its address keeps a cookie to know you:
          allow cookies for it, then open it again.
        </Note>
      ) : (
        <>
          <Loading what="app" />
          <p>Opening {project.name}.</p>
        </>
      )}
      <div>
        <Button onClick={() => setWanted("again")}>Open it again</Button>
      </div>
    </div>
  )
}

const leave = (address: string) => window.location.replace(address)

/** how soon after it was let in a browser that comes back was not, in `ms` */
const soonMs = 10_000

function wasJustHere(key: string): boolean {
  return Date.now() - Number(window.sessionStorage.getItem(key) ?? 0) < soonMs
}
