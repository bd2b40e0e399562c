/**
 * A record keeper from its spec. Most files are the blueprint's own, the same in every app, and
 * read `app.json`; the spec, the tests, the README and `package.json` are made for the app.
 */
import { readdirSync, readFileSync } from "node:fs"
import { join, relative } from "node:path"
import { fileURLToPath } from "node:url"
import type { AppSpec } from "./app-spec.ts"
import { writeAppSpec } from "./app-spec.ts"
import { appTest } from "./app-test.ts"
import { entityTest, testPath } from "./entity-test.ts"
import { readme } from "./readme.ts"
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
export function renderApp(asked: AppSpec): AppFile[] {
  const spec = settleSpec(asked)
  const suggests = spec.entities.some((entity) => entity.suggestion)
  const tests = spec.entities.map((entity): AppFile => {
    return { path: testPath(entity), content: entityTest(spec, entity), role: "testing" }
  })
  return [
    { path: "package.json", content: packageJson(spec), role: "backend" },
    { path: "app.json", content: writeAppSpec(spec), role: "backend" },
    ...blueprintFiles.filter((file) => file.role !== "ai_feature" || suggests),
    ...tests,
    { path: "test/app.test.js", content: appTest(spec), role: "testing" },
    { path: "README.md", content: readme(spec), role: "testing" },
  ]
}

function packageJson(spec: AppSpec): string {
  const name = spec.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
  const content = {
    name: name || "records",
    version: "1.0.0",
    private: true,
    type: "module",
    engines: { node: ">=24" },
    scripts: { start: "node server.js", test: "node --test" },
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

const folder = new URL("./record-keeper/", import.meta.url)

// read once: the blueprint does not change while the server runs
const blueprintFiles: AppFile[] = readdirSync(folder, { recursive: true, withFileTypes: true })
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
  if (path.startsWith("testing/")) return "testing"
  return path === "suggest.js" ? "ai_feature" : "backend"
}
