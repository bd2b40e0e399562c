import { invariant } from "@vibecaas/kernel/fault"
import { LRUCache } from "lru-cache"
import type { MachineSession } from "../../apps/index.ts"
import type { Browser, LookStep, PageToSee, Seen } from "./browser.ts"
import type { Pictures } from "./pictures.ts"
import { troublesOf } from "./troubles.ts"

type App = Pick<MachineSession, "connect" | "cover">

/** What the agents of one run look at pages with. Screenshots are kept with the run. */
export interface Eyes {
  /** @throws Fault `browser_missing`, `browser_failed` */
  look(app: App, at: Look): Promise<Sight>
  /** Looks at the first page of a commit's app while other things are done. */
  lookAhead(app: App, commit: string): void
  /**
   * Looks at pages as somebody does who comes for the first time, on each width. What was seen ahead,
   * on the very same files, counts when nothing was wrong with it.
   *
   * @throws Fault `browser_missing`, `browser_failed`
   */
  visit(app: App, of: { commit: string; paths: readonly string[] }): Promise<Sight[]>
  /** a screenshot by its name; undefined when it is not kept any more */
  picture(name: string): Promise<Buffer | undefined>
}

export interface Look extends Omit<PageToSee, "connect" | "signal" | "widths"> {
  /** of the window, in `px` */
  width: number
}

/** One look as the journal keeps it. */
export interface Sight extends Omit<Seen, "picture">, Pick<Look, "path" | "width" | "scheme"> {
  picture: { name: string; width: number; height: number } | null
}

/** A look at an app's first page that nobody has asked for yet. */
interface LookAhead {
  commit: string
  sights: Promise<Sight[]>
  end(): void
}

/**
 * Looks ahead by run, the newest of each. They are of this process alone: who does not find one here
 * looks again.
 */
export type LooksAhead = ReturnType<typeof makeLooksAhead>

const runsMax = 100

export const makeLooksAhead = () =>
  new LRUCache<string, LookAhead>({ max: runsMax, dispose: (ahead) => ahead.end() })

export interface EyesParts {
  looksAhead: LooksAhead
  browser: Pick<Browser, "look">
  pictures: Pick<Pictures, "keep" | "read">
  runId: string
  signal: AbortSignal
}

/** of windows in which a page has to load, in `px` */
export const widths = [375, 1440]

export function makeEyes({ browser, pictures, looksAhead, runId, signal }: EyesParts): Eyes {
  async function keep({
    picture,
    ...seen
  }: Seen): Promise<Omit<Sight, "path" | "width" | "scheme">> {
    const name = picture && (await pictures.keep(runId, picture.bytes))
    const kept = picture && name ? { name, width: picture.width, height: picture.height } : null
    return { ...seen, picture: kept }
  }
  async function lookAt({ cover, ...at }: PageToSee & App): Promise<Sight[]> {
    const { path, scheme } = at
    const seen = await Promise.all((await browser.look(at)).map((each) => covered(each, cover)))
    const kept = await Promise.all(seen.map(keep))
    return kept.map((seen, index) => ({ ...seen, path, scheme, width: at.widths[index] ?? 0 }))
  }
  const visitOne = ({ connect, cover }: App, path: string, until = signal) =>
    lookAt({ ...firstVisit, path, widths, connect, cover, signal: until })
  async function seenAhead(commit: string): Promise<Sight[] | undefined> {
    const ahead = looksAhead.get(runId)
    if (ahead?.commit !== commit) return undefined
    const sights = await ahead.sights.catch(() => undefined)
    return sights?.every((sight) => troublesOf(sight).length === 0) ? sights : undefined
  }
  return {
    async look({ connect, cover }, { width, ...at }) {
      const [sight] = await lookAt({ ...at, widths: [width], connect, cover, signal })
      invariant(sight, "a look at one width sees something")
      return sight
    },
    lookAhead(app, commit) {
      if (looksAhead.peek(runId)?.commit === commit) return
      const over = new AbortController()
      const sights = visitOne(app, "/", AbortSignal.any([signal, over.signal]))
      // Whoever needs it looks again.
      sights.catch(() => {})
      looksAhead.set(runId, { commit, sights, end: () => over.abort() })
    },
    async visit(app, { commit, paths }) {
      const all = paths.map(
        async (path) => (path === "/" && (await seenAhead(commit))) || visitOne(app, path),
      )
      return (await Promise.all(all)).flat()
    },
    picture: (name) => pictures.read(runId, name),
  }
}

/** All that was read of a page; a picture shows what visitors see. */
async function covered({ picture, ...seen }: Seen, cover: App["cover"]): Promise<Seen> {
  const told = JSON.parse(await cover(JSON.stringify(seen)))
  return picture ? { ...told, picture } : told
}

const firstVisit = {
  ...{ scheme: "light" as const, steps: [] as LookStep[], cookies: {}, withTree: false },
}
