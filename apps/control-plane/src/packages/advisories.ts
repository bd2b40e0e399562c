import { bestEffort, type Log } from "@vibecaas/kernel/log"
import type { Registry } from "@vibecaas/registry/registry"
import type { WireName } from "@vibecaas/registry/wire"
import { layerName } from "./ecosystem.ts"
import type { Advisories, Listed } from "./list-packages.ts"

/** What the registry says of versions with known problems; it is asked in the background. */
export interface AdvisoryBook {
  /** What is known of the packages that are listed, and whether that is all. */
  of(listed: readonly Listed[]): { state: Known; of: Advisories }
}

type Known = "known" | "asked" | "unavailable"

const keptMs = 60 * 60_000
/** A registry that tells none is asked again after so long. */
const againMs = 5 * 60_000
const booksMax = 200

type Told = Awaited<ReturnType<Registry["advisories"]>>
type Page = { at: number; told: Told | undefined; asking: boolean }

/** Packages of one registry. */
interface Asked {
  wire: WireName
  packages: readonly { name: string; version: string }[]
}

const stateOf = ({ told, asking }: Page): Known =>
  told ? "known" : asking ? "asked" : "unavailable"
/** Of several registries it is as far as with the one that tells least. */
const leastOf = (states: readonly Known[]): Known =>
  (["unavailable", "asked"] as const).find((state) => states.includes(state)) ?? "known"

export function makeAdvisoryBook(parts: {
  registry: Registry
  now(): Date
  log: Log
}): AdvisoryBook {
  const pages = new Map<string, Page>()
  const ask = async (page: Page, { wire, packages }: Asked) => {
    page.told = await bestEffort(parts.log, "ask for known problems of packages", () =>
      parts.registry.advisories(wire, packages),
    )
    page.at = parts.now().getTime()
    page.asking = false
  }
  const pageOf = (asked: Asked): Page => {
    const named = asked.packages.map(({ name, version }) => `${name}@${version}`)
    // Lists are long; what is asked for them is kept by their hash.
    const key = layerName(asked.wire, ...named)
    const known = pages.get(key)
    const age = parts.now().getTime() - (known?.at ?? 0)
    if (known && (known.asking || age < (known.told ? keptMs : againMs))) return known
    const page: Page = { at: 0, told: known?.told, asking: true }
    pages.set(key, page)
    const [oldest] = pages.keys()
    if (pages.size > booksMax && oldest !== undefined) pages.delete(oldest)
    void ask(page, asked)
    return page
  }
  return {
    of(listed) {
      const pages = new Map(
        listed.flatMap(({ ecosystem: { name, wire }, packages }) =>
          packages.length === 0 ? [] : [[name, pageOf({ wire, packages })] as const],
        ),
      )
      return {
        state: leastOf([...pages.values()].map(stateOf)),
        of: ({ ecosystem, name, version }) =>
          pages.get(ecosystem)?.told?.get(`${name}@${version}`) ?? [],
      }
    },
  }
}
