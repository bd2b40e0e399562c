import type { IdOf } from "@vibecaas/contract/kinds"
import type { Kind } from "../core/kind.ts"
import { placeOf } from "../db/named-functions.ts"
import type { Database } from "../db/tenant.ts"
import { makeAdvisoryBook } from "./advisories.ts"
import { type ChangesParts, makeProjectChanges } from "./change-project.ts"
import { makePackages, type Packages, type PackagesParts } from "./make-packages.ts"
import { listScripts } from "./queries.ts"
import { packageHandlers } from "./routes.ts"

export interface PackagesKind {
  kind: Kind<"packages">
  packages: Packages
  close(): void
}

export function makePackagesKind(
  parts: Omit<PackagesParts, "tenantOf" | "scriptsOf"> &
    Pick<ChangesParts, "scope" | "saving"> & { database: Database },
): PackagesKind {
  const { registry, clock, log } = parts
  const tenantOf = async (projectId: string) =>
    (await placeOf(parts.database, "project", projectId))?.organizationId ?? projectId
  const packages = makePackages({ ...parts, tenantOf, scriptsOf: makeScriptsOf(parts.database) })
  const changes = makeProjectChanges({ ...parts, packages })
  const advisories = makeAdvisoryBook({ registry, log, now: () => clock.now() })
  return {
    kind: { handlers: packageHandlers({ ...parts, changes, advisories }), loops: [] },
    packages,
    close() {
      changes.close()
      packages.close()
    },
  }
}

/** Of a project that is gone, none. */
function makeScriptsOf(database: Database): PackagesParts["scriptsOf"] {
  return async (id) => {
    const projectId = id as IdOf<"project"> // of a project it has packages of
    const place = await placeOf(database, "project", id)
    if (!place) return []
    return database.readOrganization(place.organizationId, (tx) => listScripts(tx, projectId))
  }
}
