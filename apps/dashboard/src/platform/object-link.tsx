"use client"
import { queryOptions, useQuery } from "@tanstack/react-query"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Organization } from "@vibecaas/contract/kinds/tenants"
import Link from "next/link"
import { call } from "../api/call.ts"
import { type Paths, pathsOf } from "../paths.ts"
import { projectOf } from "../projects/queries.ts"
import { capitalized } from "../ui/words.ts"

interface ObjectLinkProps {
  id: string
  loop: string
  /** the one it is of, when this person is a member of it: others' objects they may not read */
  organization: Organization | undefined
}

/** Where an object is shown: of which project it is, what it is of it, and its page. */
interface Place {
  projectId: IdOf<"project">
  /** e.g. "Run 3 of"; nothing for the project itself */
  words: string
  href(paths: Paths): string
}

/** Leads to the page that shows an object, if there is one; otherwise says of which loop it is. */
export function ObjectLink({ id, loop, organization }: ObjectLinkProps) {
  const find = findPlace[id.split("_")[0] ?? ""]
  const place = useQuery({ ...placeOf(id, find), enabled: organization !== undefined }).data
  const project = useQuery({ ...projectOf(place?.projectId ?? ""), enabled: Boolean(place) }).data
  const noun = capitalized(loop.replace(/s$/, ""))
  if (!organization || !place || !project) {
    return <span className="block truncate font-medium">{noun}</span>
  }
  return (
    <Link
      href={place.href(pathsOf(organization.slug))}
      className="block truncate rounded-1 font-medium text-fg hover:underline hover:underline-offset-3"
    >
      {place.words} {project.name}
    </Link>
  )
}

type Find = (id: string) => Place | Promise<Place>

const placeOf = (id: string, find: Find | undefined) =>
  queryOptions({ queryKey: ["place of", id], queryFn: () => find?.(id) ?? null })

/** By what an id begins with. Ids come from the server, which judges them again. */
const findPlace: Record<string, Find> = {
  prj: (id) => {
    const projectId = id as IdOf<"project">
    return { projectId, words: "", href: (paths) => paths.project(projectId) }
  },
  run: async (id) => {
    const params = { runId: id as IdOf<"run"> }
    const { projectId, number } = await call("GET /agents/runs/{runId}", { params })
    const href = (paths: Paths) => paths.run(projectId, id)
    return { projectId, words: `Run ${number} of`, href }
  },
  vm: async (id) => {
    const params = { machineId: id as IdOf<"machine"> }
    const { projectId, name } = await call("GET /machines/{machineId}", { params })
    const href = (paths: Paths) => paths.machine(projectId, id)
    return { projectId, words: `${name ?? "Machine"} of`, href }
  },
  app: async (id) => {
    const params = { appId: id as IdOf<"app"> }
    const { projectId } = await call("GET /apps/{appId}", { params })
    return { projectId, words: "App of", href: (paths) => paths.app(projectId) }
  },
}
