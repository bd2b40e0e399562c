import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"

/** One run of the test runner, and what must be there for it. */
interface Suite {
  name: string
  argv: string[]
  /** a sentence when it cannot run here, saying what it needs */
  missing: string | undefined
}

interface Report {
  testResults: { name: string; assertionResults: Assertion[] }[]
}
interface Assertion {
  fullName: string
  status: "passed" | "failed" | "skipped" | "pending" | "todo"
  meta?: { reason?: string }
}

const cache = ".cache/test"
const only = process.argv.slice(2)
const suites: Suite[] = [
  { name: "units", argv: ["--config", "vitest.config.ts", ...only], missing: undefined },
  {
    name: "end-to-end",
    argv: ["--config", "e2e/vitest.config.ts", ...only],
    missing: browserMissing(),
  },
]

rmSync(cache, { recursive: true, force: true })
mkdirSync(cache, { recursive: true })
const notRun: string[] = []
let passed = 0
let failed = 0
let broken = false
for (const suite of suites) {
  if (suite.missing) {
    notRun.push(`${suite.name}: ${suite.missing}`)
    continue
  }
  const output = join(cache, `${suite.name}.json`)
  const argv = [
    "node_modules/vitest/vitest.mjs",
    "run",
    ...suite.argv,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${output}`,
  ]
  const { status } = spawnSync(process.execPath, argv, { stdio: "inherit" })
  // A run that ends badly without a failing test is broken too: a leak, an unhandled error, a crash.
  if (status !== 0 && !(only.length > 0 && !existsSync(output))) broken = true
  count(output)
}

if (notRun.length > 0)
  process.stdout.write(`\nNot run here:\n${notRun.map((line) => `  ${line}`).join("\n")}\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed, ${notRun.length} skipped\n`)
process.exit(failed > 0 || broken ? 1 : 0)

function count(file: string): void {
  if (!existsSync(file)) return
  const report = JSON.parse(readFileSync(file, "utf8")) as Report // written by vitest
  for (const { assertionResults } of report.testResults) {
    for (const { status, fullName, meta } of assertionResults) {
      if (status === "passed") passed++
      else if (status === "failed") failed++
      else notRun.push(`${fullName}${meta?.reason ? `: ${meta.reason}` : ""}`)
    }
  }
}

function browserMissing(): string | undefined {
  const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].some(
    existsSync,
  )
  return found ? undefined : "needs Chromium (on Debian: apt-get install chromium)"
}
