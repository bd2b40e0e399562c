import { paths } from "../paths.ts"

/** The pages of a project, as its tabs and the palette list them. */
export const projectTabs = [
  { name: "Runs", href: paths.project },
  { name: "Files", href: paths.files },
  { name: "History", href: paths.history },
  { name: "Logs", href: paths.logs },
  { name: "Machine", href: paths.machine },
  { name: "Settings", href: paths.projectSettings },
] as const
