import { createHash } from "node:crypto"
import type { ProjectPackages } from "@vibecaas/contract/kinds/packages"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Handlers } from "../core/kind.ts"
import { needProject, type Repositories } from "../projects/index.ts"
import type { AdvisoryBook } from "./advisories.ts"
import type { ProjectChanges } from "./change-project.ts"
import { listPackages, lockedPackages } from "./list-packages.ts"
import { lockSchema, type NpmFiles, parse, readNpmFiles } from "./npm-plan.ts"

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
      const none = { items: [], total: 0, problem: null, advisories: "known" as const }
      if (commit === null) return { commit, ...none, change }
      try {
        const files = await readNpmFiles(repository, commit)
        return { commit, ...(files ? read(parts, files) : none), change }
      } catch (error) {
        if (!isFault(error, "packages_failed")) throw error
        return { commit, ...none, problem: error.say, change }
      }
    },
    "POST /projects/{projectId}/packages": ({ ctx, params, body }) => {
      const { add, remove, dev } = body
      if (add.length + remove.length === 0) {
        throw fault("invalid", {
          say: "Name at least one package to add or to remove.",
          fields: { "/add": "Name a package." },
        })
      }
      return changes.begin(ctx, { ...params, add, remove, dev })
    },
  }
}

/** Lock files are long; what is asked for them is kept by their hash. */
const keyOf = ({ lock = "" }: NpmFiles) => createHash("sha256").update(lock).digest("hex")

function read(
  { advisories }: RoutesParts,
  files: NpmFiles,
): Pick<ProjectPackages, "items" | "total" | "problem" | "advisories"> {
  const lock =
    files.lock === undefined ? undefined : parse(lockSchema, files.lock, "package-lock.json")
  const known = advisories.of(keyOf(files), lockedPackages(lock))
  return { ...listPackages(files, known.of), problem: null, advisories: known.state }
}
