import type { Kind } from "../core/kind.ts"
import { makeAdvisoryBook } from "./advisories.ts"
import { type ChangesParts, makeProjectChanges } from "./change-project.ts"
import { makePackages, type Packages, type PackagesParts } from "./make-packages.ts"
import { packageHandlers } from "./routes.ts"

export interface PackagesKind {
  kind: Kind<"packages">
  packages: Packages
  close(): void
}

export function makePackagesKind(
  parts: PackagesParts & Pick<ChangesParts, "scope" | "saving">,
): PackagesKind {
  const { registry, clock, log } = parts
  const packages = makePackages(parts)
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
