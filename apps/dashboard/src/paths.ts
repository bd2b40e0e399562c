const device = "/device"

/** URLs outside of any organization. */
export const outside = {
  /** leads to the organization that was open last */
  home: () => "/",
  signIn: (next?: string) => withNext("/sign-in", next),
  signUp: (next?: string) => withNext("/sign-up", next),
  forgot: () => "/forgot",
  /** where the link of an invitation leads */
  join: () => "/join",
  /** where a program is let in that asks by a code */
  device: (code: string) => `${device}?code=${encodeURIComponent(code)}`,
  apiReference: () => "/docs/api",
}

/** Every URL of one organization, by the slug it has in them. */
export function pathsOf(slug: string) {
  const root = `/o/${encodeURIComponent(slug)}`
  const inside = (projectId: string, part = "") =>
    `${root}/projects/${encodeURIComponent(projectId)}${part && `/${part}`}`
  return {
    /** what all of them begin with */
    root,
    projects: () => `${root}/projects`,
    /** the list, with the cursor in the prompt box */
    newProject: () => `${root}/projects?new=1`,
    project: (projectId: string) => inside(projectId),
    run: (projectId: string, runId: string) =>
      `${inside(projectId)}?run=${encodeURIComponent(runId)}`,
    comparison: (projectId: string, comparisonId: string) =>
      `${inside(projectId, "compare")}?comparison=${encodeURIComponent(comparisonId)}`,
    files: (projectId: string) => inside(projectId, "files"),
    file: (projectId: string, path: string) =>
      `${inside(projectId, "files")}?path=${encodeURIComponent(path)}`,
    /** a commit of the history */
    commit: (projectId: string, commit: string) =>
      `${inside(projectId, "history")}?commit=${encodeURIComponent(commit)}`,
    history: (projectId: string) => inside(projectId, "history"),
    /** two commits side by side; the newest when `to` is absent */
    compareVersions: (projectId: string, from: string, to?: string) =>
      `${inside(projectId, "history")}?from=${encodeURIComponent(from)}${to ? `&to=${encodeURIComponent(to)}` : ""}`,
    logs: (projectId: string) => inside(projectId, "logs"),
    app: (projectId: string) => inside(projectId, "app"),
    projectSettings: (projectId: string) => inside(projectId, "settings"),
    dataModel: (projectId: string) => inside(projectId, "data-model"),
    machine: (projectId: string, machineId: string) =>
      `${inside(projectId, "machine")}?machine=${encodeURIComponent(machineId)}`,
    stores: () => `${root}/stores`,
    store: (storeId: string) => `${root}/stores/${encodeURIComponent(storeId)}`,
    starters: () => `${root}/starters`,
    starter: (starterId: string) => `${root}/starters/${encodeURIComponent(starterId)}`,
    settings: () => `${root}/settings`,
    members: () => `${root}/settings/members`,
    apiKeys: () => `${root}/settings/api-keys`,
  }
}
export type Paths = ReturnType<typeof pathsOf>

function withNext(path: string, next: string | undefined): string {
  return next && next !== outside.home() ? `${path}?next=${encodeURIComponent(next)}` : path
}

/** Where to go after sign-in: only a path of this dashboard, never another site. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || /[\p{C}]/u.test(next))
    return outside.home()
  return next.startsWith("/sign-") ? outside.home() : next
}

const open = [outside.signIn(), outside.signUp(), outside.join(), device]

/** Whether people also see a page before they sign in: it offers the ways to do so itself. */
export const seenSignedOut = (pathname: string): boolean =>
  open.some((page) => pathname === page || pathname.startsWith(`${page}/`))
