import type { Duplex } from "node:stream"
import type { SessionChange } from "../http/auth/remembered.ts"

/** What answers at a host, whichever kind it is of. */
export interface Site {
  ref: SiteRef
  /** what its own pages call it, e.g. `books` */
  name: string
  visibility: "public" | "private"
  /** of a private one: path in the dashboard that lets in who may see it */
  door: string
  /**
   * One byte stream to the program behind it.
   *
   * @throws Fault when nothing answers; `show` then says why
   */
  connect(): Promise<Duplex>
  /**
   * Asked before each visit: waits while another version takes the place of the program. Answers how
   * to say that the visit is over; one that only listens from now on says so at once.
   */
  enter?(): Promise<() => void>
  /** of what people work on: its pages load themselves again once its program was started anew */
  starts?: Starts
  /** why nothing answers */
  show(): Promise<SiteShown>
  /** the port on which its program believes to listen; `undefined` while that is not known */
  port(): number | undefined
}

/** Starts of a program, as its pages hear of them. */
export interface Starts {
  /**
   * Names the start whose program answers now, or whose end is to be read; `undefined` while another one
   * is on its way. Letters and digits only.
   */
  newest(): Promise<string | undefined>
  /** `told` whenever that may have changed; answers how to end it */
  hear(told: () => void): () => void
}

/** Equal exactly when two sites are the same thing. */
export interface SiteRef {
  /** the kind's noun, for people, e.g. `project` */
  kind: string
  id: string
  /** tells apart what several hosts have of one thing */
  part?: string
  organizationId: string
}

/** Finds the sites of one kind; `main/` hands them over, so that the gateway imports no kind. */
export interface HostResolver {
  /**
   * The site of a host; one that is unknown and one that is gone are the same.
   *
   * @param host a label below the apps' domain, e.g. `books`, or a whole name elsewhere
   */
  find(host: string): Promise<Site | undefined>
}

/** What a visitor's right to a private site is asked of. */
export interface SiteAccess {
  /** Takes a one-time code; `undefined` when it is unknown, used, too old or of another host. */
  redeem(
    of: SiteRef,
    use: { code: string; host: string },
  ): Promise<{ viewer: Viewer; returnTo: string } | undefined>
  /** whether the sign-in still lives and its person may still see what is behind the site */
  maySee(of: SiteRef, viewer: Viewer): Promise<boolean>
}

/** What may have changed whether somebody may look: a sign-in, a person's rights, or a host. */
export type SiteChange = SessionChange | { host: string }

/** Who looks at a private site, and by which sign-in. */
export interface Viewer {
  userId: string
  sessionId: string
}

/**
 * What a visitor can be told about a site that does not answer now: `working` agents are at it,
 * `empty` there is nothing to run yet, `running` it should answer and does not.
 */
export interface SiteShown {
  state: "empty" | "working" | "starting" | "running" | "crashed" | "stopped" | "failed"
  /** one sentence of evidence, e.g. `Task 3 of 6` */
  detail: string | null
  exitCode: number | null
  /** last lines that it wrote */
  logTail: string[]
  /** path of its page in the dashboard */
  page: string
  /** what that page is of, where that is not the site's own kind */
  place?: string
}
