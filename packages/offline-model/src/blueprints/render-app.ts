/**
 * A record keeper from its spec: the files of the starter `record-keeper`, the same in every app, and
 * its `app.json`, which they read.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import { type DataModel, writeDataModel } from "@vibecaas/contract/data-model"
import { settleSpec } from "./settle-spec.ts"

/** Who writes a file. */
export type FileRole = "backend" | "frontend" | "ai_feature" | "testing" | "integration"

export interface AppFile {
  /** relative to the app's folder, with slashes */
  path: string
  content: string
  role: FileRole
}

/** Every file of the app, in the order in which it is written. */
export function renderApp(asked: DataModel): AppFile[] {
  const spec = settleSpec(asked)
  const suggests = spec.entities.some((entity) => entity.suggestion)
  const content = writeDataModel(spec)
  return starterFiles.map((file): AppFile => {
    if (file.path === "app.json") return { ...file, content }
    return file.path === "suggest.js" && suggests ? { ...file, role: "ai_feature" } : file
  })
}

const folder = new URL("../../../../starters/record-keeper/files/", import.meta.url)

// read once: the starter does not change while the server runs
const starterFiles: AppFile[] = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(fileURLToPath(folder), join(entry.parentPath, entry.name)))
  .sort()
  .map((path) => {
    return {
      path,
      content: readFileSync(join(fileURLToPath(folder), path), "utf8"),
      role: roleOf(path),
    }
  })

function roleOf(path: string): FileRole {
  if (path.startsWith("pages/") || path.startsWith("public/")) return "frontend"
  return /^(test|testing)\/|^README/.test(path) ? "testing" : "backend"
}
