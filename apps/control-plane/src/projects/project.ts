import type { RunState } from "@vibecaas/contract/kinds/agents"
import type { AppState } from "@vibecaas/contract/kinds/microvms"
import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"

/**
 * A project is one app somebody owns: its files, its name in the preview's host, and what was last
 * observed of the agents that work on it and of the app that runs. Its machine and its runs belong
 * to the kinds to the right, which report here what they see.
 */
export interface ProjectRow extends ShownProject {
  wanted: "present" | "gone"
  runState: RunState | null
  runDetail: string | null
  appState: AppState | null
  appDetail: string | null
}

/** What people are shown of a row; lists read no more. */
export interface ShownProject {
  id: string
  organizationId: string
  name: string
  slug: string
  preview: Project["preview"]
  /** follows from the observations, see `projectStateOf` */
  state: ProjectState
  stateDetail: string | null
  /** what was last asked of the agents */
  goal: string | null
  /** the name of who made it */
  createdBy: string
  /** whether a machine was ever observed */
  hasMachine: boolean
  /** counts what people change, not what is observed */
  version: number
  /** instants as ISO 8601: they are shown, not reckoned with */
  createdAt: string
  updatedAt: string
}

type Observed = Pick<ProjectRow, "wanted" | "runState" | "runDetail" | "appState" | "appDetail">

/** What a person sees, from what is wanted and what was observed. */
export function projectStateOf(row: Observed): { state: ProjectState; detail: string | null } {
  if (row.wanted === "gone") return { state: "deleting", detail: null }
  if (row.runState && unfinished.includes(row.runState))
    return { state: "working", detail: row.runDetail }
  const failed = row.runState === "failed"
  switch (row.appState) {
    case "running":
      return { state: "running", detail: failed ? "the last change failed" : row.appDetail }
    case "starting":
    case "crashed":
    case "stopped":
      return { state: row.appState, detail: row.appDetail }
    default:
      return failed
        ? { state: "failed", detail: row.runDetail }
        : { state: "empty", detail: row.runDetail }
  }
}

const unfinished: readonly RunState[] = ["queued", "planning", "running"]

/** Names that are, or may become, hosts of the platform itself. */
const reservedSlugs = new Set(
  [
    "admin api app apps assets auth cdn dashboard docs help internal localhost mail ns preview",
    "previews root shop static status store stores support system www",
  ].flatMap((names) => names.split(" ")),
)

/**
 * The first choice of a host label for a name: lower-case ASCII letters, digits and single hyphens,
 * at most 32 characters so that a suffix fits in 40. Never starts like a machine's host (`vm-`) or
 * an encoded one (`xn-`).
 */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase()
  const slug = label(plain.replaceAll(/[^a-z0-9]+/g, "-"))
  const usable = slug.length >= 2 && !reservedSlugs.has(slug) && !/^(vm|xn)-/.test(slug)
  return usable ? slug : label(`app-${slug.replace(/^(vm|xn)-/, "")}`)
}

/** Cuts to 32 characters that neither start nor end with a hyphen. */
const label = (text: string) => text.replace(/^-+/, "").slice(0, 32).replace(/-+$/, "")

/**
 * A row as the API shows it.
 *
 * @param previewUrl the address of a preview, from its slug
 */
export function showProject(row: ShownProject, previewUrl: (slug: string) => string): Project {
  return {
    // Ids come from our own column, filled only by `newId`.
    id: row.id as Project["id"],
    organizationId: row.organizationId as Project["organizationId"],
    name: row.name,
    slug: row.slug,
    state: row.state,
    stateDetail: row.stateDetail,
    goal: row.goal,
    preview: row.preview,
    previewUrl: previewUrl(row.slug),
    hasMachine: row.hasMachine,
    createdBy: row.createdBy,
    version: row.version,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }
}
