import { readlink } from "node:fs/promises"

/** Whether a path is a link to something below one of the roots. */
export async function leadsInto(roots: readonly string[], path: string): Promise<boolean> {
  const leads = await readlink(path).catch(() => undefined)
  return leads !== undefined && roots.some((root) => leads.startsWith(`${root}/`))
}
