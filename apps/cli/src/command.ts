import type { Call } from "@vibecaas/contract/client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Organization } from "@vibecaas/contract/kinds/tenants"
import { type ExitCode, type Surroundings, usage } from "./surroundings.ts"

/** Options that any command may have; a command says which it takes. */
export interface Options {
  json: boolean
  project: string | undefined
  follow: boolean
  yes: boolean
  replace: boolean
  environment: string | undefined
  type: string | undefined
  url: string | undefined
  key: boolean
  organization: string | undefined
  permissions: string | undefined
  days: string | undefined
  role: string | undefined
}

/** What a command works with. */
export interface Asked extends Surroundings {
  words: readonly string[]
  options: Options
  /** the platform, as whoever signed in */
  call: Call
  url: string
}

export interface Command {
  /** after its name, e.g. `"<prompt>"` */
  takes: string
  /** one line of the help */
  does: string
  options?: readonly (keyof Options)[]
  /** without it nobody has to be signed in */
  signedIn: boolean
  run(asked: Asked): Promise<ExitCode>
}

/** The first word after a command. @throws Ended */
export function needWord({ words }: Pick<Asked, "words">, what: string): string {
  const [word] = words
  if (word) return word
  throw usage(`Say ${what}.`)
}

/** A project by its id, its slug or its whole name. @throws Ended */
export async function findProject({ call, options, env }: Asked): Promise<Project> {
  const wanted = options.project ?? env.VIBECAAS_PROJECT
  if (!wanted) throw usage("Say which project: --project <name>, or VIBECAAS_PROJECT.")
  if (wanted.startsWith("prj_")) {
    return call("GET /projects/{projectId}", { params: { projectId: wanted as Project["id"] } })
  }
  const { items } = await call("GET /projects", { query: { limit: 100 } })
  const found = items.filter(({ name, slug }) => slug === wanted || name === wanted)
  if (found.length === 1 && found[0]) return found[0]
  if (found.length === 0) throw usage(`There is no project ${wanted}. vibecaas projects lists all.`)
  throw usage(`Several projects are called ${wanted}. Name its slug: ${slugs(found)}.`)
}

/** The organization that is named, by its address or name; else one's own. @throws Ended */
export async function findOrganization({ call, options }: Asked): Promise<Organization> {
  const { organizations } = await call("GET /me", {})
  const wanted = options.organization
  const found = wanted
    ? organizations.find(({ id, slug, name }) => [id, slug, name].includes(wanted))
    : organizations.find(({ personal }) => personal)
  if (found) return found
  throw usage(`You belong to no organization ${wanted ?? "of your own"}.`)
}

const slugs = (projects: readonly Project[]) => projects.map(({ slug }) => slug).join(", ")
