import { createHash } from "node:crypto"
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"

/** What starters need for their tests, kept by what it is made from. */
export const kept = resolve(import.meta.dirname, "../../../.cache/starters")

export function placeOf(kind: string, parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256").update(`${process.version} ${process.platform} ${process.arch}`)
  for (const part of parts) hash.update("\0").update(part)
  return join(kept, kind, hash.digest("hex").slice(0, 32))
}

const underWay = new Map<string, Promise<void>>()

/** Once in this process, and never when it was kept before. */
export function once(place: string, make: () => Promise<void>): Promise<void> {
  if (existsSync(place)) return Promise.resolve()
  const known = underWay.get(place) ?? make().finally(() => underWay.delete(place))
  underWay.set(place, known)
  return known
}

/** Whole or not at all; another process may have been faster. */
export async function keep(place: string, make: (folder: string) => Promise<void>): Promise<void> {
  mkdirSync(join(place, ".."), { recursive: true })
  const folder = mkdtempSync(`${place}-`)
  try {
    await make(folder)
    renameSync(folder, place)
  } catch (error) {
    if (!existsSync(place)) throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
