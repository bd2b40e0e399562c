import type { Duplex } from "node:stream"

/** Looks at the pages of apps as somebody's browser would. */
export interface Browser {
  /**
   * Opens a page at each width as somebody who comes for the first time, takes the steps, and answers
   * what was to be seen, in the order of the widths. What is wrong with the page is part of the answer.
   *
   * @throws Fault `browser_missing` when this computer has none that may be used, `browser_failed`
   */
  look(page: PageToSee): Promise<Seen[]>
  /** Starts it, so that the next look need not wait. */
  warm(): void
  close(): Promise<void>
}

export interface PageToSee {
  /** a byte stream to the app, for each connection that the page makes */
  connect(): Promise<Duplex>
  path: string
  /** of the window, in `px` */
  widths: readonly number[]
  scheme: "light" | "dark"
  /** what is done on the page before it is looked at */
  steps: readonly LookStep[]
  /** what the app set before, by name */
  cookies: Readonly<Record<string, string>>
  /** whether the accessibility tree is read, too, which takes a while */
  withTree: boolean
  signal: AbortSignal
}

/** One thing that is done on a page. What it is done to is named by role and name, or by its text. */
export interface LookStep {
  do: "click" | "type" | "press" | "wait"
  role?: string | undefined
  name?: string | undefined
  text?: string | undefined
  /** what is typed */
  value?: string | undefined
  /** what is pressed, such as `Enter` */
  key?: string | undefined
}

/** What was to be seen of a page. Addresses of the app itself are paths. */
export interface Seen {
  url: string
  title: string
  /** of the page itself; null when none came */
  status: number | null
  /** why the page did not come, or never ended loading */
  notLoaded?: string
  console: { level: string; text: string }[]
  /** errors that nobody caught */
  errors: string[]
  failedRequests: { method: string; url: string; why: string }[]
  /** what dialogs said; each was dismissed */
  dialogs: string[]
  /** why a step could not be taken; those after it were not tried */
  stepFailed?: string
  /** nothing is on it that anybody could see */
  blank: boolean
  /** how far it scrolls sideways, in `px` */
  scrollsSidewaysBy: number
  /** the accessibility tree as indented lines, if it was wanted */
  tree: string
  cookies: Record<string, string>
  /** a JPEG; absent when none could be made */
  picture?: Picture
}

export interface Picture {
  bytes: Buffer
  width: number
  height: number
}
