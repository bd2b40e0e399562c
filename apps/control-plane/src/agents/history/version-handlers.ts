import type { Handlers } from "../../core/kind.ts"
import type { AgentsOptions } from "../agents-parts.ts"
import { readVersions } from "./read-versions.ts"
import { restoreVersion } from "./restore-version.ts"
import { previewUndo, undoVersion } from "./undo-version.ts"

/** The calls about versions of a project's files, among those of the agents' kind. */
export function versionHandlers(parts: AgentsOptions) {
  return {
    "GET /projects/{projectId}/versions": ({ ctx, params, query }) => {
      const { limit, cursor } = query
      return readVersions(ctx, parts, { ...params, limit, cursor })
    },
    "POST /projects/{projectId}/restore": ({ ctx, params, body }) =>
      restoreVersion(ctx, parts, { ...params, ...body }),
    "GET /projects/{projectId}/undo": ({ ctx, params, query }) =>
      previewUndo(ctx, parts, { ...params, ...query }),
    "POST /projects/{projectId}/undo": ({ ctx, params, body }) =>
      undoVersion(ctx, parts, { ...params, ...body }),
  } satisfies Partial<Handlers<"agents">>
}
