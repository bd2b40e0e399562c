import { accessSync, constants } from "node:fs"

/** Where programs of the system are looked for, whatever our own environment says. */
export const systemPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/** Nothing, or which of the programs are not installed. */
export function lacksPrograms(...programs: string[]): string | undefined {
  const missing = programs.filter((program) => !isInstalled(program))
  return missing.length > 0 ? `not installed: ${missing.join(", ")}` : undefined
}

function isInstalled(program: string): boolean {
  return systemPath.split(":").some((directory) => {
    try {
      accessSync(`${directory}/${program}`, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
