import { existsSync } from "node:fs"
import { rm, symlink } from "node:fs/promises"
import { leadsInto } from "./leads-into.ts"
import type { Ops } from "./ops.ts"

const folderName = ".gosdk"

/** Go itself, where the host has none that is new enough. */
export async function linkGo(_ops: Ops, sdk: string, target: string): Promise<void> {
  const at = `${target}/${folderName}`
  await rm(at, { recursive: true, force: true })
  await symlink(sdk, at)
}

export async function unlinkGo(roots: readonly string[], target: string): Promise<void> {
  const at = `${target}/${folderName}`
  if (await leadsInto(roots, at)) await rm(at)
}

export const pathOfGo = (
  folder: string,
  { PATH = "" }: Readonly<Record<string, string>>,
): Record<string, string> =>
  existsSync(`${folder}/${folderName}`) ? { PATH: `${folder}/${folderName}/bin:${PATH}` } : {}
