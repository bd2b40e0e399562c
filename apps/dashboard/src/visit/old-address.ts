import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Me } from "@vibecaas/contract/kinds/tenants"
import { lastOrganization } from "./last-organization.ts"

/** The project that an address without an organization is about, e.g. `/projects/prj_…/files`. */
export function projectIn(address: string): string | undefined {
  return /^\/projects\/([^/?]+)/.exec(address)?.[1]
}

interface Known {
  me: Me
  /** what `projectIn` found, once it was read */
  project?: Pick<Project, "organizationId"> | undefined
  /** slug of the organization that was open last */
  last?: string | undefined
}

/** The same page with its organization in the address; undefined when nobody here may see it. */
export function addressNow(address: string, { me, project, last }: Known): string | undefined {
  const organization = project
    ? me.organizations.find(({ id }) => id === project.organizationId)
    : lastOrganization(me, last)
  if (!organization) return undefined
  const rest = address === "/" || address.startsWith("/?") ? "/projects" : address
  return `/o/${encodeURIComponent(organization.slug)}${rest}`
}
