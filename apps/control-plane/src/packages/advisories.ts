import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { Registry } from "@vibecaas/registry/registry"
import type { Advisories } from "./list-packages.ts"

/** What the registry says of versions with known problems; it is asked in the background. */
export interface AdvisoryBook {
  /** What is known of a lock file's packages, and whether that is all. */
  of(
    key: string,
    packages: readonly { name: string; version: string }[],
  ): { state: "known" | "asked" | "unavailable"; of: Advisories }
}

const keptMs = 60 * 60_000
/** A registry that tells none is asked again after so long. */
const againMs = 5 * 60_000
const booksMax = 200

type Told = Awaited<ReturnType<Registry["advisories"]>>
type Page = { at: number; told: Told | undefined; asking: boolean }

export function makeAdvisoryBook(parts: {
  registry: Registry
  now(): Date
  log: Log
}): AdvisoryBook {
  const pages = new Map<string, Page>()
  const ask = async (page: Page, packages: readonly { name: string; version: string }[]) => {
    page.told = await bestEffort(parts.log, "ask for known problems of packages", () =>
      parts.registry.advisories(packages),
    )
    page.at = parts.now().getTime()
    page.asking = false
  }
  const pageOf = (key: string, packages: Parameters<typeof ask>[1]): Page => {
    const known = pages.get(key)
    const age = parts.now().getTime() - (known?.at ?? 0)
    if (known && (known.asking || age < (known.told ? keptMs : againMs))) return known
    const page: Page = { at: 0, told: known?.told, asking: true }
    pages.set(key, page)
    const [oldest] = pages.keys()
    if (pages.size > booksMax && oldest !== undefined) pages.delete(oldest)
    void ask(page, packages)
    return page
  }
  return {
    of(key, packages) {
      if (packages.length === 0) return { state: "known", of: () => [] }
      const { told, asking } = pageOf(key, packages)
      const state = told ? "known" : asking ? "asked" : "unavailable"
      return { state, of: (name, version) => told?.get(`${name}@${version}`) ?? [] }
    },
  }
}
