import type { Duplex } from "node:stream"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import type { Ref } from "../core/holds.ts"
import type { Packages, WantedChange } from "../packages/index.ts"
import type { Following } from "./follow-branch.ts"

/**
 * What kinds to the right may do with a project's machines: a *restricted* session that reaches the
 * `/workspace` and the app of a draft, and nothing of the live app; and letting what was proved there
 * take the live app's place.
 */
export interface Sessions {
  /**
   * Wakes the run's draft and waits until it runs. The first time it gets a copy of the live app's
   * data, as they are then.
   *
   * @throws Fault `machine_failed`, `quota_exceeded`
   */
  session(of: MachineOf): Promise<MachineSession>
  /**
   * Asks for a commit to take the live app's place; `by` is woken as that goes on.
   *
   * @throws Fault `wrong_state`, `quota_exceeded`
   */
  promote(ctx: Ctx, of: Promotion): Promise<void>
  /** how far that is; a failure is a sentence for people */
  promotion(ctx: Ctx, of: Promotion): Promise<PromotionSeen>
  /**
   * Lets a run's draft show each commit of its branch as soon as it is there, and waits a little until the
   * newest is seen. Nothing happens where there is no draft, or nobody started an app yet; a start of one
   * commit ends it.
   */
  follow(of: Following & Pick<MachineOf, "organizationId" | "signal">): Promise<void>
  /** since when a run's draft runs; nothing while it does not */
  draftSince(ctx: Ctx, of: Pick<Promotion, "projectId" | "by">): Promise<Date | undefined>
  /** Stops a run's draft and keeps its copy of the data: `session` wakes it again. */
  stopDraft(ctx: Ctx, of: Pick<Promotion, "projectId" | "by">): Promise<void>
  /** Ends a run's draft with its copy of the data, and what `promote` began to watch. */
  endDraft(ctx: Ctx, of: Ended): Promise<void>
  /** the commit of the live app that ran well last; null before there was one */
  liveCommit(ctx: Ctx, projectId: IdOf<"project">): Promise<string | null>
  /** One byte stream to the app of a running machine, for the gateway. */
  connectApp(of: { organizationId: string; projectId: IdOf<"project"> }): Promise<Duplex>
}

export interface Promotion {
  projectId: IdOf<"project">
  commit: string
  by: Ref
}

export interface Ended extends Pick<Promotion, "projectId" | "by"> {
  /** runs whose drafts stay; all others are nobody's any more */
  keep?: readonly string[]
}

export type PromotionSeen = { is: "under way" } | { is: "done" } | { is: "failed"; why: string }

export interface MachineOf {
  organizationId: string
  projectId: IdOf<"project">
  /** the run whose draft it is */
  draftOf: string
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
  /**
   * What a commit's files are when packages are added and taken away; they are installed meanwhile, and
   * nothing is written to the project.
   *
   * @throws Fault `packages_failed` with the registry's words
   */
  changePackages(
    commit: string | null,
    change: WantedChange & { signal: AbortSignal },
  ): ReturnType<Packages["change"]>
  /** files in `/workspace` that differ from the commit checked out last; capped in number and size */
  changes(): Promise<{ path: string; content: Uint8Array | null }[]>
  /** asks for the commit's app and waits until it was observed listening, or ended; resolves with what was seen */
  startApp(
    commit: string,
  ): Promise<{ running: boolean; exitCode: number | null; logTail: string[] }>
  /** The same without waiting: resolves once it is asked for, with what will be seen. */
  beginApp(commit: string): Promise<{ seen: ReturnType<MachineSession["startApp"]> }>
  /** the end of what the app printed, with a line for each start; empty when none was started */
  appLog(tailBytes: number): Promise<string>
  /** one HTTP request to the app by path; follows no redirect; body capped */
  fetchPage(request: PageRequest): Promise<PageResult>
  /** one byte stream to the app that was started last */
  connect(): Promise<Duplex>
  /** what was read of that stream, without the values of the project's secrets */
  cover(text: string): Promise<string>
  /** whether an app was ever started, on the draft or live: only then a promotion starts one */
  hasApp(): Promise<boolean>
}
