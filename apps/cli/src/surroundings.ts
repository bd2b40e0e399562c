/** All that the program has of the world around it. */
export interface Surroundings {
  env: Readonly<Record<string, string | undefined>>
  /** where the person works */
  cwd: string
  /** what is answered: the one thing that a script reads */
  out(text: string): void
  /** what is said beside it */
  say(text: string): void
  /** all of standard input */
  input(): Promise<string>
  fetch: typeof fetch
  sleep(ms: number): Promise<void>
}

/** How the program ends. */
export const exitCodes = {
  done: 0,
  /** it was refused, or what was waited for failed */
  failed: 1,
  /** the command line is wrong */
  usage: 2,
  /** a run built some of what it was asked for */
  partly: 3,
  /** a run asks a person, or a proposal waits for one */
  asks: 4,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** What ends the program with a sentence. */
export class Ended extends Error {
  readonly code: ExitCode
  constructor(say: string, code: ExitCode = exitCodes.failed) {
    super(say)
    this.code = code
  }
}

export const usage = (say: string) => new Ended(say, exitCodes.usage)
