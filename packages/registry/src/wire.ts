import type { Readable } from "node:stream"
import type { Sweepable } from "./sweep.ts"

/** What a path answers. */
export type Served =
  | { type: string; bytes: Uint8Array }
  | { type: string; size: number; stream: Readable }

/** One way of registries to speak. */
export interface Wire {
  /**
   * `undefined` for a path that is none of a package.
   *
   * @param host where whoever asks reaches us
   * @throws Refusal
   */
  answer(path: string, host: string): Promise<Served | undefined>
  /** What it keeps and could let go; files of packages are not among it. */
  list(): Promise<Sweepable[]>
}

export type WireName = "npm" | "pypi" | "go" | "crates"
