import type { Project } from "@vibecaas/contract/kinds/projects"
import { at, id } from "./numbered.ts"

let made = 0

/** A project that runs; numbered, so that each has an id of its own. */
export function project(given: Partial<Project> = {}): Project {
  made += 1
  return {
    id: id("prj", made),
    organizationId: "org_00000000000000000000000001",
    name: `Project ${made}`,
    slug: `project-${made}`,
    state: "running",
    stateDetail: null,
    goal: null,
    preview: "private",
    draftData: "copy",
    audience: "organization",
    previewUrl: `http://project-${made}.preview.localhost:3000`,
    hasMachine: true,
    createdBy: "usr_01k9x3v8hde8r8z6h3gk5c2v9w",
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...given,
  }
}
