import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/**
 * Writes the feature table of the README from the last run of `bin/test`: a feature is listed only
 * when every test that proves it has passed. Run it with `node tools/src/features.ts`.
 */
interface Feature {
  feature: string
  /** words in the titles of the tests that prove it; each must match at least one that passed */
  proof: string[]
}

interface Report {
  testResults: { assertionResults: { fullName: string; status: string }[] }[]
}

const results = ".cache/test"
const marks = ["<!-- features: written by tools/src/features.ts -->", "<!-- /features -->"] as const

const features = JSON.parse(readFileSync("docs/features.json", "utf8")) as Feature[] // our own file
const tests = readResults()
const rows = features.map((feature) => rowOf(feature))
const proven = rows.filter((row) => row.missing.length === 0)
for (const { feature, missing } of rows) {
  if (missing.length > 0)
    process.stderr.write(`left out: ${feature}; no passing test about ${missing.join(", ")}\n`)
}
const table = [
  "| what works | tests that prove it |",
  "|---|---|",
  ...proven.map((row) => `| ${row.feature} | ${row.count} |`),
]
const readme = readFileSync("README.md", "utf8")
const [before = "", rest = ""] = readme.split(marks[0])
const after = rest.split(marks[1])[1] ?? ""
writeFileSync("README.md", `${before}${marks[0]}\n\n${table.join("\n")}\n\n${marks[1]}${after}`)
process.stdout.write(
  `${proven.length} of ${features.length} features are proven by ${tests.length} tests\n`,
)
process.exit(proven.length === features.length ? 0 : 1)

function readResults(): { title: string; passed: boolean }[] {
  if (!existsSync(results)) throw new Error("run bin/test first: the table comes from its results")
  return readdirSync(results).flatMap((file) => {
    const report = JSON.parse(readFileSync(join(results, file), "utf8")) as Report // written by vitest
    return report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ fullName, status }) => ({
        title: fullName,
        passed: status === "passed",
      })),
    )
  })
}

function rowOf({ feature, proof }: Feature) {
  const about = proof.map((words) =>
    tests.filter(({ title }) => title.toLowerCase().includes(words.toLowerCase())),
  )
  const missing = proof.filter(
    (_, index) => !about[index]?.length || about[index]?.some(({ passed }) => !passed),
  )
  const count = new Set(about.flat().map(({ title }) => title)).size
  return { feature, missing, count }
}
