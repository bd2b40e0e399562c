import type { ListedPackage, PackageFiles } from "../../ecosystem.ts"
import { dependenciesOf, nameAt, readLock, readManifest } from "./npm-files.ts"

/** @throws Fault `packages_failed` when the files cannot be read */
export function listNpm(files: PackageFiles): ListedPackage[] {
  const wanted = new Map(Object.entries(dependenciesOf(readManifest(files) ?? {})))
  return Object.entries(readLock(files)?.packages ?? {}).flatMap(([path, each]) => {
    if (path === "" || each.version === undefined) return []
    const name = nameAt(path)
    return [
      {
        name,
        version: each.version,
        dev: each.dev === true,
        licence: each.license ?? null,
        hasScript: each.hasInstallScript === true,
        wanted: path === `node_modules/${name}` ? (wanted.get(name) ?? null) : null,
      },
    ]
  })
}
