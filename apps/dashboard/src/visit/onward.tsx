"use client"
import { useQuery } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useEffect } from "react"
import { problemOf } from "../api/problem.ts"
import { projectOf } from "../projects/queries.ts"
import { useMe } from "../shell/session.tsx"
import { ShellSkeleton } from "../shell/shell-skeleton.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { rememberedOrganization } from "./last-organization.ts"
import { NothingAt } from "./nothing-at.tsx"
import { addressNow, projectIn } from "./old-address.ts"

/**
 * Leads from an address without an organization, such as one kept before there were any in it, to
 * the page it means: that of its project's organization, or of the one that was open last.
 */
export function Onward({ address }: { address: string }) {
  const router = useRouter()
  const me = useMe()
  const projectId = projectIn(address)
  const project = useQuery({ ...projectOf(projectId ?? ""), enabled: projectId !== undefined })
  const known = me.data && (!projectId || project.data)
  const now = known
    ? addressNow(address, { me: me.data, project: project.data, last: rememberedOrganization() })
    : undefined
  useEffect(() => {
    if (now) router.replace(now)
  }, [now, router])
  const error = me.error ?? project.error
  if (known ? !now : error && problemOf(error).status === 404) return <NothingAt what="project" />
  if (!error || problemOf(error).status === 401) return <ShellSkeleton />
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorPanel
        title="The dashboard could not be loaded"
        error={error}
        onRetry={() => Promise.all([me.refetch(), ...(projectId ? [project.refetch()] : [])])}
      />
    </main>
  )
}
