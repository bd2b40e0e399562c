import type { Duplex } from "node:stream"
import type { SessionChange } from "../http/auth/sessions.ts"

/** One project as the gateway knows it, found by the name in its host. */
export interface PreviewTarget {
  organizationId: string
  projectId: string
  slug: string
  preview: "public" | "private"
}

/** What may have changed whether somebody may look: a sign-in, a person's rights, or a project. */
export type PreviewChange = SessionChange | { slug: string }

/** Who looks at a private preview, and by which sign-in. */
export interface Viewer {
  userId: string
  sessionId: string
}

/**
 * What a visitor can be told about an app that does not answer now: `working` agents are at it,
 * `empty` there is nothing to run yet, `unreachable` it should answer and does not.
 */
export interface AppShown {
  state: "empty" | "working" | "starting" | "running" | "crashed" | "stopped" | "failed"
  /** one sentence of evidence, e.g. `Task 3 of 6` */
  detail: string | null
  exitCode: number | null
  /** last lines that the app wrote */
  logTail: string[]
}

/** What the gateway asks of the kinds; `main/` hands it over, so `http/` imports no kind. */
export interface Previews {
  /** the project of a name; deleted and unknown ones are the same */
  find(slug: string): Promise<PreviewTarget | undefined>
  /**
   * One byte stream to the project's app.
   *
   * @throws Fault `app_unavailable` when no app answers; `show` then says why
   */
  connect(target: PreviewTarget): Promise<Duplex>
  show(target: PreviewTarget): Promise<AppShown>
  /** Takes a one-time code; `undefined` when it is unknown, used, too old or of another host. */
  redeem(
    target: PreviewTarget,
    use: { code: string; host: string },
  ): Promise<{ viewer: Viewer; returnTo: string } | undefined>
  /** whether the sign-in still lives and its person may still read the project */
  maySee(target: PreviewTarget, viewer: Viewer): Promise<boolean>
}
