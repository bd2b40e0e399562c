import type { PageContent } from "./page.ts"
import type { Site, SiteShown } from "./site.ts"

/** Why the gateway itself says no. */
export type Refusal =
  | "bad_request"
  | "bad_answer"
  | "busy"
  | "link_used"
  | "misdirected"
  | "no_site"
  | "private"
  | "too_large"
  | "too_late"

/** @param door where to sign in */
export function pageOfRefusal(reason: Refusal, door: string): PageContent {
  const text = reason === "private" ? "Sign in and open it" : "Open the dashboard"
  const link = { href: door, text }
  const content = { ...refusals[reason], code: reason, lines: [] }
  return reason === "private" || reason === "link_used" ? { ...content, link } : content
}

const refusals: Record<Refusal, Omit<PageContent, "code" | "lines">> = {
  bad_request: {
    status: 400,
    tone: "bad",
    word: "Refused",
    title: "This request cannot be understood",
    sentence: "It was not passed to the app.",
  },
  bad_answer: {
    status: 502,
    tone: "bad",
    word: "No answer",
    title: "The app broke off",
    sentence: "It ended the connection, or sent something that is not HTTP. Its log may say why.",
  },
  busy: {
    status: 503,
    tone: "warn",
    word: "Busy",
    title: "Too many visitors at once",
    sentence: "This app has as many open connections as it may have. Try again in a moment.",
  },
  link_used: {
    status: 410,
    tone: "off",
    word: "Used",
    title: "This link does not open anything any more",
    sentence: "It works once, for a minute. Open the app from the dashboard again.",
  },
  misdirected: {
    status: 421,
    tone: "off",
    word: "Unknown host",
    title: "This server does not answer at this address",
    sentence: "Check the address for a typing error.",
  },
  no_site: {
    status: 404,
    tone: "off",
    word: "Not found",
    title: "There is no project at this address",
    sentence: "Check the address for a typing error. Projects that were deleted do not come back.",
  },
  private: {
    status: 401,
    tone: "off",
    word: "Private",
    title: "This preview is private",
    sentence: "Only people who were let in see it.",
  },
  too_large: {
    status: 413,
    tone: "bad",
    word: "Too large",
    title: "This is more than an app can be sent at once",
    sentence: "Nothing of it was kept by the platform. Send a smaller file.",
  },
  too_late: {
    status: 504,
    tone: "bad",
    word: "No answer",
    title: "The app took too long",
    sentence: "It accepted the request and did not answer in time. Its log may say why.",
  },
}

interface Addressed {
  site: Pick<Site, "ref" | "name" | "visibility">
  /** where people see what is theirs */
  dashboardOrigin: string
}

/** The page for an app that does not answer now. Only members see a private one: it leads them on. */
export function pageOfApp(shown: SiteShown, { site, dashboardOrigin }: Addressed): PageContent {
  const { member, visitor, ...base } = appPages[shown.state]
  const exit = shown.exitCode === null ? "" : ` with exit code ${shown.exitCode}`
  const crashed = shown.state === "crashed"
  const why = shown.detail ?? `It ended by itself${exit}.`
  const forMember = site.visibility === "private"
  const href = `${dashboardOrigin}${shown.page}`
  const say = (text: string) => text.replace("{kind}", () => shown.place ?? site.ref.kind)
  return {
    ...base,
    code: `app_${shown.state}`,
    title: base.title.replace("{app}", () => site.name),
    sentence: [base.sentence.replace("{why}", () => why), say((forMember ? member : visitor) ?? "")]
      .filter(Boolean)
      .join(" "),
    // Of a crash the sentence says it already.
    ...(crashed ? {} : { evidence: shown.detail ?? "" }),
    // What an app wrote may show its source, or what it knows: strangers have no use for it.
    lines: crashed && forMember ? shown.logTail.slice(-20) : [],
    ...(forMember && member ? { link: { href, text: say("Open its {kind}") } } : {}),
    opens: true,
  }
}

interface AppPage extends Omit<PageContent, "code" | "lines"> {
  /** how the sentence goes on for people who can do something about it */
  member?: string
  /** and for those who can only wait */
  visitor?: string
}

const appPages: Record<SiteShown["state"], AppPage> = {
  empty: {
    status: 503,
    tone: "off",
    word: "Empty",
    title: "{app} has no app yet",
    sentence: "This page opens it when it is there.",
    member: "Ask for one in its {kind}.",
  },
  working: {
    status: 503,
    tone: "busy",
    word: "Building",
    title: "{app} is being built",
    sentence: "Agents are at work. This page opens the app when it answers.",
  },
  starting: {
    status: 503,
    tone: "busy",
    word: "Starting",
    title: "{app} is starting",
    sentence: "This page opens it when it answers.",
  },
  running: {
    status: 503,
    tone: "warn",
    word: "No connection",
    title: "{app} does not accept connections",
    sentence: "It runs, but did not take this request. This page tries again.",
  },
  crashed: {
    status: 502,
    tone: "bad",
    word: "Crashed",
    title: "{app} crashed",
    sentence: "{why}",
    member: "Restart it, or ask for a repair, in its {kind}.",
    visitor: "Whoever built it can restart it.",
  },
  stopped: {
    status: 503,
    tone: "off",
    word: "Stopped",
    title: "{app} is stopped",
    sentence: "It was stopped. Its data is kept.",
    member: "Start it in its {kind}.",
    visitor: "Whoever built it can start it again.",
  },
  failed: {
    status: 503,
    tone: "bad",
    word: "Failed",
    title: "{app} could not be started",
    sentence: "It did not come up.",
    member: "Its {kind} says what happened and what to do.",
    visitor: "Whoever built it can see why.",
  },
}
