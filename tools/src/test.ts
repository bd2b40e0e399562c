import { spawnSync } from "node:child_process"
import { mkdirSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { findBrowser } from "../../e2e/src/find-browser.ts"
import { bedNames, beds } from "./beds.ts"
import { type Part, readTestOptions } from "./test-options.ts"
import { type Results, readResults } from "./test-results.ts"

const cache = ".cache/test"
const options = chosenOptions()
const runs = (part: Part) => options.parts.includes(part)

rmSync(cache, { recursive: true, force: true })
mkdirSync(cache, { recursive: true })
const inBrowser: readonly Part[] = ["e2e", "long"]
const noBrowser = inBrowser.some(runs) ? browserMissing() : undefined
const lanes = options.parts.filter((part) => part !== "e2e" || !noBrowser)
const nothing: Ran = { passed: 0, failed: 0, notRun: [], broken: false }
const ran = lanes.length > 0 ? runTests(lanes) : nothing
const notRun = [...(noBrowser ? [`end-to-end: ${noBrowser}`] : []), ...ran.notRun, ...unasked()]
report({ ...ran, notRun })

/** What came out of a run; `broken` when it ended badly, although no test may have failed. */
type Ran = Results & { broken: boolean }

function chosenOptions() {
  try {
    return readTestOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(2)
  }
}

function runTests(lanes: readonly Part[]): Ran {
  const output = join(cache, "results.json")
  const command = [
    ...["node_modules/vitest/vitest.mjs", "run", ...lanes.map((lane) => `--project=${lane}`)],
    ...(noBrowser ? ["--exclude=e2e/**", "--exclude=evaluation/**"] : []),
    ...[...options.rest, "--reporter=default", "--reporter=json", `--outputFile.json=${output}`],
  ]
  const env = { ...process.env, NODE_COMPILE_CACHE: resolve(cache, "../compiled"), ...options.beds }
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit", env })
  // A run that ends badly without a failing test is broken too: a leak, an unhandled error, a crash.
  return { ...readResults(output), broken: status !== 0 }
}

/** A whole run without what must be asked for says so. */
function unasked(): string[] {
  if (runs("beds") || options.parts.length === 1 || options.rest.length > 0) return []
  return [
    "what takes long: needs --all",
    ...bedNames.map((name) => `what lies on ${name}: needs --all, and ${beds[name].needs}`),
  ]
}

function report({ passed, failed, notRun, broken }: Ran): void {
  if (notRun.length > 0)
    process.stdout.write(`\nNot run here:\n${notRun.map((line) => `  ${line}`).join("\n")}\n`)
  if (broken && failed === 0)
    process.stdout.write("\nThe run failed although no test did: see the errors above.\n")
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exit(failed > 0 || broken ? 1 : 0)
}

function browserMissing(): string | undefined {
  return findBrowser() ? undefined : "needs Chromium (on Debian: apt-get install chromium)"
}
