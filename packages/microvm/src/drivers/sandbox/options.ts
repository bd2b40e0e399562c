import type { DriverOptions } from "../../port.ts"

/** `stateDir` must be of our own: a second driver on it is refused. */
export interface SandboxOptions extends DriverOptions {
  /** started by root, each live machine runs under a uid of its own out of these */
  uidRange?: { first: number; count: number }
  /** control group below which machines get theirs, as a path inside the hierarchy */
  cgroupParent?: string
  /** pause between two measurements of a machine's disk */
  diskCheckMs?: number
  /** processes and threads of one machine */
  processesMax?: number
}

/** The options with every default in place. */
export type Settings = Required<Omit<SandboxOptions, Optional>> & Pick<SandboxOptions, Optional>
type Optional = "owner" | "cgroupParent" | "layersDir"

export function settingsOf(options: SandboxOptions): Settings {
  return {
    uidRange: { first: 210_000, count: 1000 },
    diskCheckMs: 2000,
    processesMax: 512,
    ...options,
  }
}

export const startedByRoot = (): boolean => process.getuid?.() === 0
