import type { Paths } from "../paths.ts"

interface ProjectTab {
  name: string
  href(paths: Paths, projectId: string): string
}

/** The pages of a project, as its tabs and the palette list them; the first shows its runs. */
export const projectTabs: readonly ProjectTab[] = [
  { name: "Runs", href: (paths, id) => paths.project(id) },
  { name: "Files", href: (paths, id) => paths.files(id) },
  { name: "History", href: (paths, id) => paths.history(id) },
  { name: "Logs", href: (paths, id) => paths.logs(id) },
  { name: "Machine", href: (paths, id) => paths.machine(id) },
  { name: "Settings", href: (paths, id) => paths.projectSettings(id) },
]
