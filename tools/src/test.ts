import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { bedNames, beds } from "./beds.ts"
import { type Part, readTestOptions } from "./test-options.ts"
import { readResults } from "./test-results.ts"

/** One run of the test runner, and what must be there for it. */
interface Suite {
  name: string
  argv: string[]
  /** a sentence when it cannot run here, saying what it needs */
  missing: string | undefined
}

const cache = ".cache/test"
const options = chosenOptions()
const runs = (part: Part) => options.parts.includes(part)
const inLanes = options.parts.filter((part) => part !== "e2e")

rmSync(cache, { recursive: true, force: true })
mkdirSync(cache, { recursive: true })
const results = { passed: 0, failed: 0, notRun: [] as string[], broken: false }
for (const suite of suites()) {
  if (suite.missing) results.notRun.push(`${suite.name}: ${suite.missing}`)
  else runSuite(suite)
}
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

function suites(): Suite[] {
  const projects = inLanes.map((lane) => `--project=${lane}`)
  return [
    ...(inLanes.length > 0
      ? [{ name: "units", argv: ["--config", "vitest.config.ts", ...projects], missing: undefined }]
      : []),
    ...(runs("e2e")
      ? [
          {
            name: "end-to-end",
            argv: ["--config", "e2e/vitest.config.ts"],
            missing: browserMissing(),
          },
        ]
      : []),
  ]
}

function runSuite({ name, argv }: Suite): void {
  const output = join(cache, `${name}.json`)
  const command = [
    ...["node_modules/vitest/vitest.mjs", "run", ...argv, ...options.rest],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${output}`],
  ]
  const env = { ...process.env, ...options.beds }
  const { status } = spawnSync(process.execPath, command, { stdio: "inherit", env })
  // A run that ends badly without a failing test is broken too: a leak, an unhandled error, a crash.
  if (status !== 0 && !(options.rest.length > 0 && !existsSync(output))) results.broken = true
  const { passed, failed, notRun } = readResults(output)
  results.passed += passed
  results.failed += failed
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
