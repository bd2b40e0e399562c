"use client"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { shortId } from "../ui/format.ts"

interface AnotherVersionProps {
  projectId: Project["id"]
  app: App | null | undefined
  /** what the run left that the page is about */
  of: string | null | undefined
}

/** On the page of a run whose files are not what visitors see, says so. */
export function AnotherVersion({ projectId, app, of }: AnotherVersionProps) {
  const { paths } = useSession()
  if (!of || !app?.commit || app.commit === of) return null
  return (
    <p className="border-b border-line bg-bg px-3 py-2 text-12 text-fg-2">
      Visitors see version <span className="mono">{shortId(app.commit)}</span>, not the one that
      this run left.{" "}
      <Link
        href={paths.compareVersions(projectId, of, app.commit)}
        className="text-accent-fg underline underline-offset-3"
      >
        Compare the two
      </Link>
    </p>
  )
}
