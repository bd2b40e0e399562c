import type { Project, ProjectState } from "@vibecaas/contract/kinds/projects"
import type { Phase } from "../core/phase.ts"
import type { projects } from "../db/tables/projects.ts"

/**
 * A project is one app somebody owns: its files, its name in the preview's host, and what its
 * children say of themselves: the agents that work on it, the app that runs. These belong to the
 * kinds to the right. Its instants are text, ISO 8601: they are shown, not reckoned with.
 */
export type ProjectRow = ShownProject & { wanted: Table["wanted"] }

type Table = typeof projects.$inferSelect
type Instants = { createdAt: string; updatedAt: string }
/** What people are shown of a row; lists read no more. */
export type ShownProject = Omit<Pick<Table, (typeof shownOfProject)[number]>, keyof Instants> &
  Instants

export const shownOfProject = [
  "id",
  "organizationId",
  "name",
  "slug",
  "preview",
  "draftData",
  "audience",
  "state",
  "stateDetail",
  "goal",
  "createdBy",
  "hasMachine",
  "version",
  "createdAt",
  "updatedAt",
] as const satisfies readonly (keyof Table)[]
interface Said {
  child: string
  phase: Phase
  detail: string | null
}

/** What a person sees of an app, the most urgent first when there are several. */
const appStates: readonly [Phase, ProjectState][] = [
  ["crashed", "crashed"],
  ["starting", "starting"],
  ["up", "running"],
  ["stopped", "stopped"],
]

/** What a person sees, from what is wanted and what the project's children say. */
export function projectStateOf(
  wanted: ProjectRow["wanted"],
  signals: readonly Said[],
): { state: ProjectState; detail: string | null } {
  if (wanted === "gone") return { state: "deleting", detail: null }
  const saying = (phase: Phase) => signals.find((said) => said.phase === phase)
  const asking = saying("asking")
  if (asking) return { state: "asking", detail: asking.detail }
  const working = saying("working")
  if (working) return { state: "working", detail: working.detail }
  const failed = saying("failed")
  const idle = signals.find(({ phase, detail }) => phase === "none" && detail !== null)?.detail
  for (const [phase, state] of appStates) {
    const app = saying(phase)
    if (!app) continue
    if (failed && phase === "up") return { state, detail: "the last change failed" }
    return { state, detail: app.detail ?? idle ?? null }
  }
  if (failed) return { state: "failed", detail: failed.detail }
  return { state: "empty", detail: idle ?? null }
}

/** Whether one of the children is a machine. */
export const hasMachineOf = (signals: readonly Pick<Said, "child">[]): boolean =>
  signals.some(({ child }) => child.split("/")[0] === "machines")

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
  return { ...row, previewUrl: previewUrl(row.slug) }
}
