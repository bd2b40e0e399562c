import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { bedNames, beds } from "./beds.ts"
import { type Part, readTestOptions } from "./test-options.ts"
import { readResults } from "./test-results.ts"

const cache = ".cache/test"
const options = chosenOptions()
const runs = (part: Part) => options.parts.includes(part)

rmSync(cache, { recursive: true, force: true })
mkdirSync(cache, { recursive: true })
const results = { passed: 0, failed: 0, notRun: [] as string[], broken: false }
const noBrowser = runs("e2e") ? browserMissing() : undefined
if (noBrowser) results.notRun.push(`end-to-end: ${noBrowser}`)
const lanes = options.parts.filter((part) => part !== "e2e" || !noBrowser)
if (lanes.length > 0) runTests(lanes)
if (!runs("beds") && options.parts.length > 1 && options.rest.length === 0)
  for (const name of bedNames)
    results.notRun.push(`what lies on ${name}: needs --all, and ${beds[name].needs}`)
report()

function chosenOptions() {
  try {
    return readTestOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    process.exit(2)
  }
}

function runTests(lanes: readonly Part[]): void {
  const output = join(cache, "results.json")
  const command = [
    ...["node_modules/vitest/vitest.mjs", "run", ...lanes.map((lane) => `--project=${lane}`)],
    ...[...options.rest, "--reporter=default", "--reporter=json", `--outputFile.json=${output}`],
  ]
  const env = { ...process.env, ...options.beds }
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit", env })
  // A run that ends badly without a failing test is broken too: a leak, an unhandled error, a crash.
  results.broken = status !== 0
  const { passed, failed, notRun } = readResults(output)
  results.passed = passed
  results.failed = failed
  results.notRun.push(...notRun)
}

function report(): void {
  const { passed, failed, notRun, broken } = results
  if (notRun.length > 0)
    process.stdout.write(`\nNot run here:\n${notRun.map((line) => `  ${line}`).join("\n")}\n`)
  if (broken && failed === 0)
    process.stdout.write("\nThe run failed although no test did: see the errors above.\n")
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
  process.exit(failed > 0 || broken ? 1 : 0)
}

function browserMissing(): string | undefined {
  const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].some(
    existsSync,
  )
  return found ? undefined : "needs Chromium (on Debian: apt-get install chromium)"
}
