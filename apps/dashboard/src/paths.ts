const inside = (projectId: string, part = "") =>
  `/projects/${encodeURIComponent(projectId)}${part && `/${part}`}`

/** Every URL of the dashboard. */
export const paths = {
  signIn: (next?: string) => withNext("/sign-in", next),
  signUp: (next?: string) => withNext("/sign-up", next),
  projects: () => "/projects",
  /** the list, with the cursor in the prompt box */
  newProject: () => "/projects?new=1",
  project: (projectId: string) => inside(projectId),
  run: (projectId: string, runId: string) =>
    `${inside(projectId)}?run=${encodeURIComponent(runId)}`,
  files: (projectId: string) => inside(projectId, "files"),
  file: (projectId: string, path: string) =>
    `${inside(projectId, "files")}?path=${encodeURIComponent(path)}`,
  history: (projectId: string) => inside(projectId, "history"),
  logs: (projectId: string) => inside(projectId, "logs"),
  machine: (projectId: string) => inside(projectId, "machine"),
  projectSettings: (projectId: string) => inside(projectId, "settings"),
  activity: () => "/activity",
  usage: () => "/usage",
  settings: () => "/settings",
  apiReference: () => "/docs/api",
}

function withNext(path: string, next: string | undefined): string {
  return next && next !== "/" ? `${path}?next=${encodeURIComponent(next)}` : path
}

/** Where to go after sign-in: only a path of this dashboard, never another site. */
export function safeNext(next: string | null | undefined): string {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next) || /[\p{C}]/u.test(next))
    return paths.projects()
  return next.startsWith("/sign-") ? paths.projects() : next
}
