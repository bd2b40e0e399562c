import type { Project } from "@vibecaas/contract/kinds/projects"

export interface Change {
  path: string
  /** none: it is deleted */
  content: string | null
}

interface Commit {
  changes: Change[]
  message: string
  /** what was shown: somebody who wrote meanwhile is told of. Without it, on top of whatever is newest */
  parent: string | null
}

/** Files to be saved in one commit, as the API takes them. */
export const commitOf = (projectId: Project["id"], { parent, ...body }: Commit) => ({
  params: { projectId },
  body: { ...body, ...(parent ? { parent } : {}) },
})
