import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"

/** Texts of all files below a folder of ours, by their paths from there; tests are no part of it. */
export function folderFiles(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !isForTests(entry.parentPath, entry.name))
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [relative(folder, path), readFileSync(path, "utf8")]),
  )
}

const isForTests = (path: string, name: string) =>
  /\/testing(\/|$)/.test(path) || /\.(test|suite)\.ts$/.test(name)

/** The same files below another folder. */
export function below(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text]))
}
