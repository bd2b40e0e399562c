import type { ProjectPackages } from "@vibecaas/contract/kinds/packages"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Handlers } from "../core/kind.ts"
import { needProject, type Repositories } from "../projects/index.ts"
import type { AdvisoryBook } from "./advisories.ts"
import { allowScript } from "./allow-script.ts"
import type { ProjectChanges } from "./change-project.ts"
import { type UsedEcosystem, usedBy } from "./ecosystems.ts"
import { listedIn, listPackages } from "./list-packages.ts"
import { listScripts } from "./queries.ts"

export interface RoutesParts {
  repositories: Repositories
  changes: ProjectChanges
  advisories: AdvisoryBook
}

export function packageHandlers(parts: RoutesParts): Handlers<"packages"> {
  const { repositories, changes } = parts
  return {
    "GET /projects/{projectId}/packages": async ({ ctx, params, query }) => {
      await needProject(ctx, params.projectId)
      const repository = repositories.of(params.projectId)
      const commit = query.commit ?? (await repository.head())
      const change = changes.last(params.projectId)
      const nothing = { items: [], total: 0, problem: null, advisories: "known" as const }
      const none = { ecosystems: [], ...nothing }
      if (commit === null) return { commit, ...none, change }
      try {
        const used = await usedBy(repository, commit)
        const allowed = await listScripts(ctx.db, params.projectId)
        return { commit, ...read(parts, used, allowed), change }
      } catch (error) {
        if (!isFault(error, "packages_failed")) throw error
        return { commit, ...none, problem: error.say, change }
      }
    },
    "POST /projects/{projectId}/packages": ({ ctx, params, body }) => {
      const { add, remove } = body
      if (add.length + remove.length === 0) {
        throw fault("invalid", {
          say: "Name at least one package to add or to remove.",
          fields: { "/add": "Name a package." },
        })
      }
      return changes.begin(ctx, { ...params, ...body })
    },
    "PUT /projects/{projectId}/packages/script": async ({ ctx, params, body }) => {
      await allowScript(ctx, { ...params, ...body })
      return body
    },
  }
}

function read(
  { advisories }: RoutesParts,
  used: readonly UsedEcosystem[],
  allowed: readonly string[],
): Omit<ProjectPackages, "commit" | "change"> {
  const listed = listedIn(used)
  const known = advisories.of(listed)
  return {
    ecosystems: used.map(({ ecosystem }) => ecosystem.name),
    ...listPackages(listed, known.of, allowed),
    problem: null,
    advisories: known.state,
  }
}
