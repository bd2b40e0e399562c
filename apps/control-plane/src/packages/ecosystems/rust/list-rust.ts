import type { ListedPackage, PackageFiles } from "../../ecosystem.ts"
import {
  type Lock,
  type Locked,
  licencesIn,
  lockFile,
  needsIn,
  readLock,
  readManifest,
} from "./rust-files.ts"

/** @throws Fault `packages_failed` when the files cannot be read */
export function listRust(files: PackageFiles): ListedPackage[] {
  const manifest = readManifest(files)
  const lock = readLock(files)
  if (!manifest || !lock) return []
  const needs = needsIn(manifest)
  const licences = licencesIn(files[lockFile] ?? "")
  const direct = new Set(found(lock, lock.own))
  const used = reached(
    lock,
    needs.filter(({ kind }) => kind === "dependencies").map(({ name }) => name),
  )
  return lock.crates.map((crate) => {
    const { name, version } = crate
    const asked = direct.has(crate) ? needs.find((each) => each.name === name) : undefined
    return {
      ...{ name, version, dev: !used.has(crate), wanted: asked?.version ?? null },
      licence: licences.get(`${name} ${version}`) ?? null,
    }
  })
}

/** Crates by how a lock file names them: `name`, or `name version` where there are several. */
const found = ({ crates }: Lock, names: readonly string[]): Locked[] =>
  names.flatMap((each) => {
    const [name, version] = each.split(" ")
    return crates.filter((crate) => crate.name === name && (!version || crate.version === version))
  })

/** Whatever the app itself needs, and what that needs. */
function reached(lock: Lock, names: readonly string[]): Set<Locked> {
  const own = lock.own.filter((each) => names.includes(each.split(" ")[0] ?? ""))
  const seen = new Set<Locked>()
  const left = found(lock, own)
  for (let crate = left.pop(); crate; crate = left.pop()) {
    if (seen.has(crate)) continue
    seen.add(crate)
    left.push(...found(lock, crate.needs))
  }
  return seen
}
