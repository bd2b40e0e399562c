import { z } from "zod"
import { commit, commitRef, fileDiff, fileEntry, filePath } from "../commits.ts"
import { idOf, instant } from "../ids.ts"
import { defineKind } from "../kind.ts"
import { pageOf, pageQuery } from "../paging.ts"
import { audiences } from "../project-access.ts"
import type { RouteTable } from "../route.ts"
import { organizationId } from "./tenants.ts"

export const projectId = idOf("prj", "a project")

/**
 * What a person sees of a project. It is derived from what was observed of its run and its app:
 * `empty` nothing was built yet, `working` agents are at it, `asking` they wait for an answer, `starting` the app is coming up,
 * `running` it answers, `crashed` it ended by itself, `stopped` somebody stopped it, `failed` the
 * last run failed and no app runs, `deleting` it is being torn down.
 */
export const projectStates = [
  "empty",
  "working",
  "asking",
  "starting",
  "running",
  "crashed",
  "stopped",
  "failed",
  "deleting",
] as const
export type ProjectState = (typeof projectStates)[number]

/** In which states an action makes sense; buttons and the server read the same row. */
export const projectAllows = {
  update: ["empty", "working", "asking", "starting", "running", "crashed", "stopped", "failed"],
  delete: ["empty", "working", "asking", "starting", "running", "crashed", "stopped", "failed"],
} as const satisfies Record<string, readonly ProjectState[]>

const draftData = ["copy", "none"] as const

export const project = z
  .object({
    id: projectId,
    organizationId,
    name: z.string(),
    slug: z.string().meta({ description: "its name in the preview's host; never reused" }),
    state: z.enum(projectStates),
    stateDetail: z
      .string()
      .nullable()
      .meta({ description: "the evidence beside the state, e.g. “3 of 6 tasks”" }),
    goal: z.string().nullable().meta({ description: "what was last asked of the agents" }),
    preview: z.enum(["public", "private"]),
    draftData: z.enum(draftData).meta({
      description:
        "what agents' drafts begin with: a copy of what visitors wrote, or none of it, so that agents see only what the app makes itself",
    }),
    audience: z.enum(audiences).meta({ description: "who of the organization sees it" }),
    previewUrl: z.string(),
    hasMachine: z.boolean().meta({ description: "whether there is a machine to ask about" }),
    createdBy: z.string(),
    version: z.number().int().meta({ description: "send it back as If-Match" }),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Project" })
export type Project = z.infer<typeof project>

export const projectName = z
  .string()
  .trim()
  .min(2, "Use at least 2 characters, for example “Reading list”.")
  .max(60, "Use at most 60 characters.")
  .regex(/^[^\p{C}]*$/u, "Use only characters that can be seen.")

/** A path inside a project's files. The server checks each component again, case-folded. */
const params = z.object({ projectId })
/** Access by a right in the project that the call names. */
export const inProject = { by: "object", object: "project", from: "projectId" } as const
const read = { ...inProject, permission: "project:read" } as const
const update = { ...inProject, permission: "project:update" } as const

/** What assistants are told of a project. */
export const projectInShort = project.pick({
  ...{ id: true, name: true, state: true, stateDetail: true, goal: true, preview: true },
  ...{ previewUrl: true, updatedAt: true },
})

/** bytes of an archive that is uploaded */
export const archiveBytesMax = 20 * 1024 * 1024

/** `POST /projects` is in `agents.ts`: it may start a run. */
export const projectRoutes = {
  "GET /projects": {
    summary: "Projects of an organization, last changed first",
    access: { by: "organization", permission: "project:read" },
    query: z.object({
      ...pageQuery,
      organizationId: organizationId.optional(),
      state: z.enum(projectStates).optional(),
      search: z.string().trim().max(60).optional(),
    }),
    reply: { status: 200, body: pageOf(project) },
    keepsToProjects: true,
    tool: {
      name: "list_projects",
      says: "Lists projects, last changed first. Each is one app with its own address.",
      shows: pageOf(projectInShort),
      gives: { limit: 20 },
    },
  },
  "GET /projects/{projectId}": {
    summary: "One project",
    access: read,
    params,
    reply: { status: 200, body: project },
    tool: {
      name: "get_project",
      says: "Shows a project: its state, what was last asked for, and its address.",
      shows: projectInShort,
    },
  },
  "PATCH /projects/{projectId}": {
    summary: "Rename a project, or change who may see its preview and what its drafts begin with",
    access: update,
    params,
    body: z
      .strictObject({
        name: projectName,
        preview: z.enum(["public", "private"]),
        draftData: z.enum(draftData),
      })
      .partial()
      .refine((body) => Object.keys(body).length > 0, "Name at least one field to change."),
    reply: { status: 200, body: project },
    faults: ["wrong_state", "version_mismatch"],
    ifMatch: true,
  },
  "DELETE /projects/{projectId}": {
    summary: "Delete a project, its files, its data and its machine; the body repeats its name",
    access: { ...inProject, permission: "project:delete" },
    params,
    body: z.strictObject({ name: z.string() }),
    reply: { status: 202, body: project },
    faults: ["invalid"],
  },
  "GET /projects/{projectId}/files": {
    summary: "Paths of all files at a commit (the newest by default)",
    access: read,
    params,
    query: z.object({ commit: commitRef.optional() }),
    reply: {
      status: 200,
      body: z.object({ commit: z.string().nullable(), items: z.array(fileEntry) }),
    },
    tool: { name: "list_files", says: "Lists the paths of a project's files." },
  },
  "GET /projects/{projectId}/file": {
    summary: "One file's text",
    access: read,
    params,
    query: z.object({ path: filePath, commit: commitRef.optional() }),
    reply: {
      status: 200,
      body: z.object({
        path: z.string(),
        content: z.string(),
        truncated: z.boolean(),
        binary: z.boolean(),
      }),
    },
    tool: { name: "read_file", says: "Reads one file of a project as text." },
  },
  "GET /projects/{projectId}/raw": {
    summary: "One file's bytes as they are, to keep",
    access: read,
    params,
    query: z.object({ path: filePath, commit: commitRef.optional() }),
    reply: { status: 200, file: "application/octet-stream" },
  },
  "GET /projects/{projectId}/search": {
    summary:
      "Lines of the newest files that hold a text: 200 at most, each cut after 300 characters",
    access: read,
    params,
    query: z.object({ text: z.string().min(1).max(200) }),
    reply: {
      status: 200,
      body: z.object({
        lines: z.array(z.object({ path: z.string(), line: z.number().int(), text: z.string() })),
      }),
    },
    faults: ["invalid", "unavailable"],
    tool: { name: "search_files", says: "Finds lines of a project's files that hold a text." },
  },
  "GET /projects/{projectId}/commits": {
    summary: "History, newest first",
    access: read,
    params,
    query: z.object({ ...pageQuery }),
    reply: { status: 200, body: pageOf(commit) },
  },
  "POST /projects/{projectId}/commits": {
    summary: "Write and delete files in one commit",
    access: update,
    params,
    body: z.strictObject({
      message: z.string().trim().min(1).max(500),
      parent: commitRef
        .optional()
        .meta({ description: "refuse when the newest commit is another one" }),
      changes: z
        .array(z.strictObject({ path: filePath, content: z.string().max(1_000_000).nullable() }))
        .min(1)
        .max(500),
    }),
    reply: { status: 201, body: commit },
    faults: ["path_refused", "conflict", "wrong_state", "too_large", "disk_full"],
    idempotent: true,
  },
  "GET /projects/{projectId}/archive": {
    summary: "All files at a commit (the newest by default) as a ZIP archive",
    access: read,
    params,
    query: z.object({ commit: commitRef.optional() }),
    reply: { status: 200, file: "application/zip" },
  },
  "POST /projects/{projectId}/archive": {
    summary:
      "Upload a ZIP archive: its files in one commit, beside what is there or in place of it",
    access: update,
    params,
    query: z.object({
      replace: z.enum(["true", "false"]).default("false").meta({
        description: "whether files that are not in the archive are deleted",
      }),
    }),
    raw: { types: ["application/octet-stream", "application/zip"], bytesMax: archiveBytesMax },
    reply: { status: 201, body: commit },
    faults: ["invalid", "path_refused", "conflict", "wrong_state", "too_large", "disk_full"],
  },
  "GET /projects/{projectId}/diff": {
    summary: "What changed between two commits",
    access: read,
    params,
    query: z.object({ from: commitRef.optional(), to: commitRef }),
    reply: { status: 200, body: z.object({ files: z.array(fileDiff) }) },
  },
} as const satisfies RouteTable

export const projects = defineKind({
  noun: "project",
  about: "Projects with their files and versions.",
  parent: "organization",
  ids: { project: projectId },
  objects: { project: { read: "project:read" } },
  states: { project: projectStates },
  allows: { project: projectAllows },
  may: {
    "project:read": ["owner", "admin", "developer", "viewer"],
    "project:create": ["owner", "admin", "developer"],
    "project:update": ["owner", "admin", "developer"],
    "project:delete": ["owner", "admin"],
  },
  quotas: {
    projects: {
      name: "Projects",
      counted: "projects",
      limits: { starter: 10, pro: 50, team: 1000 },
    },
  },
  events: {
    "project.changed": ["organization", "project"],
    "project.deleted": ["organization", "project"],
  },
  loops: ["projects"],
  routes: projectRoutes,
})
