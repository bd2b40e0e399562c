import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import type { AppFile } from "@vibecaas/starters/starter"

/** Lays files into a folder, which is made where there is none. */
export function putFiles(files: readonly AppFile[], folder: string): void {
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
}
