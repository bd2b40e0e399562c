import { z } from "zod"
import { commitRef, fileDiff } from "./commits.ts"
import { instant } from "./ids.ts"
import { inProject, projectId } from "./kinds/projects.ts"
import { pageOf, pageQuery } from "./paging.ts"
import type { RouteTable } from "./route.ts"
import { runId } from "./run-ids.ts"
import { runStates } from "./run-states.ts"

/** How a version came about where that is neither a run nor one commit of somebody's changes. */
export const versionMarks = ["restore", "undo", "upload", "import", "push", "copy"] as const
export type VersionMark = (typeof versionMarks)[number]

const whole = z.number().int()

/**
 * A version is what was wanted at once: all commits that a run made in a row, one push, one save. The
 * history of a project is its versions, newest first.
 */
export const version = z
  .object({
    id: z.string().meta({ description: "its newest commit, by which it is restored and compared" }),
    base: z.string().nullable().meta({ description: "the commit before it; null: there is none" }),
    kind: z.enum(["run", "edit", ...versionMarks]),
    title: z.string(),
    author: z.string(),
    at: instant,
    commits: whole,
    files: whole.meta({ description: "how many files it changed" }),
    added: whole.meta({ description: "lines" }),
    removed: whole.meta({ description: "lines" }),
    run: z
      .object({ id: runId, number: whole, goal: z.string(), state: z.enum(runStates) })
      .nullable(),
    of: z.string().nullable().meta({
      description: "the commit that was restored, or the version that was undone",
    }),
    live: z.boolean().meta({ description: "whether it is what visitors see" }),
  })
  .meta({ id: "Version" })
export type Version = z.infer<typeof version>

/** What became of the files, and whether visitors are to see it. */
const made = z.object({
  commit: z.string(),
  goesLive: z.boolean().meta({
    description: "whether it takes the live app's place; nothing does of a project that never ran",
  }),
})

const params = z.object({ projectId })
const read = { ...inProject, permission: "project:read" } as const
const operate = { ...inProject, permission: "app:operate" } as const
const faults = [
  ...(["conflict", "wrong_state", "run_in_progress", "quota_exceeded"] as const),
  ...(["disk_full", "too_large", "path_refused"] as const),
] as const

/** They are served by the kind `agents`, which knows what runs wrote. Data of apps are never touched. */
export const versionRoutes = {
  "GET /projects/{projectId}/versions": {
    summary:
      "History by versions, newest first: a run is one, and so is a save, a push or an import",
    access: read,
    params,
    query: z.object({ ...pageQuery }),
    reply: { status: 200, body: pageOf(version) },
    tool: {
      name: "list_versions",
      says: "Lists versions of a project's files, newest first, each with its id (a commit).",
      gives: { limit: 10 },
    },
  },
  "POST /projects/{projectId}/restore": {
    summary:
      "Bring all files back to a commit, by a new one, which goes live; what visitors wrote stays",
    access: operate,
    params,
    body: z.strictObject({ commit: commitRef }),
    reply: { status: 201, body: made },
    faults,
    idempotent: true,
    provisions: true,
  },
  "GET /projects/{projectId}/undo": {
    summary: "What undoing a version would change, and which files stand in the way",
    access: read,
    params,
    query: z.object({ version: commitRef }),
    reply: {
      status: 200,
      body: z.object({
        files: z.array(fileDiff),
        conflicts: z
          .array(z.string())
          .meta({ description: "files that were changed again since, at the same places" }),
      }),
    },
    faults: ["conflict", "wrong_state"],
  },
  "POST /projects/{projectId}/undo": {
    summary: "Take back what a version changed and keep what came after it, by a new commit",
    access: operate,
    params,
    body: z.strictObject({ version: commitRef }),
    reply: { status: 201, body: made },
    faults,
    idempotent: true,
    provisions: true,
  },
} as const satisfies RouteTable
