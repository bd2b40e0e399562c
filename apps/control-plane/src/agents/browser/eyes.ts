import type { MachineSession } from "../../apps/index.ts"
import type { Browser, LookStep, PageToSee, Seen } from "./browser.ts"
import type { Pictures } from "./pictures.ts"

/** What the agents of one run look at pages with. Screenshots are kept with the run. */
export interface Eyes {
  /** @throws Fault `browser_missing`, `browser_failed` */
  look(app: Pick<MachineSession, "connect">, at: Look): Promise<Sight>
  /** a screenshot by its name; undefined when it is not kept any more */
  picture(name: string): Promise<Buffer | undefined>
}

export type Look = Omit<PageToSee, "connect" | "signal">

/** One look as the journal keeps it. */
export interface Sight extends Omit<Seen, "picture">, Pick<Look, "path" | "width" | "scheme"> {
  picture: { name: string; width: number; height: number } | null
}

export interface EyesParts {
  browser: Browser
  pictures: Pictures
  runId: string
  signal: AbortSignal
}

export function makeEyes({ browser, pictures, runId, signal }: EyesParts): Eyes {
  return {
    async look(app, at) {
      const seen = await browser.look({ ...at, connect: app.connect, signal })
      const { picture, ...rest } = seen
      const { path, width, scheme } = at
      const name = picture && (await pictures.keep(runId, picture.bytes))
      const kept = picture && name ? { name, width: picture.width, height: picture.height } : null
      return { ...rest, ...{ path, width, scheme }, picture: kept }
    },
    picture: (name) => pictures.read(runId, name),
  }
}

/** A page as somebody sees it who comes for the first time. */
export const firstVisit = (path: string, width: number): Look => ({
  ...{ path, width, scheme: "light" as const, steps: [] as LookStep[], cookies: {} },
})
