import { promisify } from "node:util"
import { gunzip, gzip } from "node:zlib"
import { fault } from "@vibecaas/kernel/fault"
import type { AppFile } from "@vibecaas/starters/starter"

export const packedLimits = { files: 1000, bytes: 8 * 1024 * 1024 } as const

const press = promisify(gzip)
const release = promisify(gunzip)

/** Files as one value of a row. */
export function packFiles(files: readonly AppFile[]): Promise<Buffer> {
  const listed = files.map(({ path, content }) => [path, content.toString("base64")])
  return press(JSON.stringify(listed))
}

export async function unpackFiles(packed: Buffer): Promise<AppFile[]> {
  const listed = JSON.parse(String(await release(packed))) as [string, string][] // what we packed
  return listed.map(([path, content]) => ({ path, content: Buffer.from(content, "base64") }))
}

/** @throws Fault `too_large` */
export function mustFit(files: readonly { size: number }[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (files.length <= packedLimits.files && bytes <= packedLimits.bytes) return
  throw fault("too_large", {
    say: `A starter may have ${packedLimits.files} files of 8 MiB together; this project has ${files.length} of ${Math.ceil(bytes / 1024)} KiB.`,
  })
}
