import type { Readable } from "node:stream"

/** What a path answers. */
export type Served =
  | { type: string; text: string }
  | { type: string; size: number; stream: Readable }

/** One way of registries to speak. */
export interface Ecosystem {
  /** `undefined` for a path that is none of a package. @throws Refusal */
  answer(path: string): Promise<Served | undefined>
}

export type EcosystemName = "npm" | "pypi"
