"use client"
import { useQuery } from "@tanstack/react-query"
import type { Organization } from "@vibecaas/contract/kinds/tenants"
import Link from "next/link"
import { useRun } from "../agents/queries.ts"
import { pathsOf } from "../paths.ts"
import { projectOf } from "../projects/queries.ts"
import { capitalized } from "../ui/words.ts"

interface ObjectLinkProps {
  id: string
  loop: string
  /** the one it is of, when this person is a member of it: others' objects they may not read */
  organization: Organization | undefined
}

/** Leads to the page that shows an object, if there is one; otherwise says of which loop it is. */
export function ObjectLink({ id, loop, organization }: ObjectLinkProps) {
  const isRun = id.startsWith("run_")
  const run = useRun(organization && isRun ? id : undefined, undefined).data
  const projectId = id.startsWith("prj_") ? id : run?.projectId
  const known = organization !== undefined && projectId !== undefined
  const project = useQuery({ ...projectOf(projectId ?? ""), enabled: known }).data
  const noun = capitalized(loop.replace(/s$/, ""))
  if (!known || !project) return <span className="block truncate font-medium">{noun}</span>
  const paths = pathsOf(organization.slug)
  return (
    <Link
      href={run ? paths.run(projectId, run.id) : paths.project(projectId)}
      className="block truncate rounded-1 font-medium text-fg hover:underline hover:underline-offset-3"
    >
      {run ? `Run ${run.number} of ${project.name}` : project.name}
    </Link>
  )
}
