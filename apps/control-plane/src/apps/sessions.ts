import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"

/**
 * What kinds to the right may do with a project's machine: a *restricted* session that reaches the
 * machine's `/workspace` and its app, and nothing else.
 */
export interface Sessions {
  /**
   * Wakes the project's machine, waits until it runs, and brings `/workspace` to `commit`.
   *
   * @throws Fault `machine_failed`, `quota_exceeded`
   */
  session(of: MachineOf): Promise<MachineSession>
  /** One byte stream to the app of a running machine, for the gateway. */
  connectApp(of: { organizationId: string; projectId: IdOf<"project"> }): Promise<Duplex>
}

export interface MachineOf {
  organizationId: string
  projectId: IdOf<"project">
  /** `blueprint` code may run with weaker isolation than a model's code */
  trust: "blueprint" | "untrusted"
  signal: AbortSignal
}

export interface CommandResult {
  exitCode: number | null
  signal: string | null
  stdout: string
  stderr: string
  timedOut: boolean
  truncated: boolean
  durationMs: number
}

/** One request to the app, by path. */
export interface PageRequest {
  method: string
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string
  timeoutMs: number
  /** how long a stream of events is listened to, in `ms`; 3000 when absent */
  streamMs?: number
}

export interface PageResult {
  status: number
  contentType: string
  /** names in lower case; several cookies stand one a line */
  headers: Readonly<Record<string, string>>
  body: string
  truncated: boolean
  /** false when the app was still sending */
  ended: boolean
}

export interface MachineSession {
  /** brings `/workspace` to the files of a commit (deletes what the commit does not have) */
  checkout(commit: string | null): Promise<void>
  /** runs a program in `/workspace` with an environment of its own */
  run(
    argv: string[],
    options: { timeoutMs: number; onOutput?(text: string): void; signal: AbortSignal },
  ): Promise<CommandResult>
  /** files in `/workspace` that differ from the commit checked out last; capped in number and size */
  changes(): Promise<{ path: string; content: Uint8Array | null }[]>
  /** asks for the commit's app and waits until it was observed listening, or ended; resolves with what was seen */
  startApp(
    commit: string,
  ): Promise<{ running: boolean; exitCode: number | null; logTail: string[] }>
  /** the end of what the app printed, with a line for each start; empty when none was started */
  appLog(tailBytes: number): Promise<string>
  /** one HTTP request to the app by path; follows no redirect; body capped */
  fetchPage(request: PageRequest): Promise<PageResult>
}
