import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"

const build = fileURLToPath(new URL("../.next", import.meta.url))
const built = existsSync(`${build}/BUILD_ID`)
const read = (path: string) => readFileSync(`${build}/${path}`, "utf8")

/** gzipped script that a page may load before anybody touches it, in bytes */
const pageBytesMax = 230_000

const weights = new Map<string, number>()
function weightOf(file: string): number {
  const known = weights.get(file) ?? gzipSync(readFileSync(`${build}/${file}`)).length
  weights.set(file, known)
  return known
}

/** The scripts that a route's page and the layouts around it name. */
function scriptsOf(route: string): Set<string> {
  const text = read(`server/app${route}_client-reference-manifest.js`)
  const manifest = JSON.parse(text.slice(text.indexOf("] = ") + 4).replace(/;\s*$/, ""))
  const entries: readonly string[][] = Object.values(manifest.entryJSFiles)
  return new Set(entries.flat())
}

// Without a build there is nothing to weigh; `bin/test` builds first.
describe.skipIf(!built)(`the built pages${built ? "" : " [skipped: they are not built]"}`, () => {
  const routes: Record<string, string> = built
    ? JSON.parse(read("app-path-routes-manifest.json"))
    : {}
  const pages = Object.entries(routes).filter(([file]) => file.endsWith("/page"))
  const main: string[] = built ? JSON.parse(read("build-manifest.json")).rootMainFiles : []

  test.each(pages)("the script of %s is light", (file) => {
    const scripts = new Set([...main, ...scriptsOf(file)])
    const bytes = [...scripts].reduce((sum, script) => sum + weightOf(script), 0)
    expect(scripts.size).toBeGreaterThan(main.length)
    expect(bytes).toBeLessThan(pageBytesMax)
  })
})
