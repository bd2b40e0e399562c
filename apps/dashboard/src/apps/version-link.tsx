"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { shortId } from "../ui/format.ts"

/** A version by its commit; leads to what it changed. */
export function VersionLink({ projectId, commit }: { projectId: Project["id"]; commit: string }) {
  const { paths } = useSession()
  return (
    <Link
      href={paths.commit(projectId, commit)}
      title={commit}
      className="mono relative inline-block rounded-1 text-12 text-accent-fg hover:underline hover:underline-offset-3"
    >
      <span className="sr-only">Version</span> {shortId(commit)}
    </Link>
  )
}
