import { existsSync, readFileSync } from "node:fs"

/** What vitest's JSON reporter writes, as far as we read it. */
interface Report {
  testResults: { status: string; assertionResults: Assertion[] }[]
}
interface Assertion {
  fullName: string
  status: "passed" | "failed" | "skipped" | "pending" | "todo"
  meta?: { reason?: string }
}

export interface Results {
  passed: number
  failed: number
  /** tests that were skipped, each with its reason when it has one */
  notRun: string[]
}

/** What came out of one run; nothing when no test was found. */
export function readResults(file: string): Results {
  const results: Results = { passed: 0, failed: 0, notRun: [] }
  if (!existsSync(file)) return results
  const report = JSON.parse(readFileSync(file, "utf8")) as Report // written by vitest
  for (const file of report.testResults)
    for (const { status, fullName, meta } of file.assertionResults) {
      if (status === "passed") results.passed++
      else if (status === "failed") results.failed++
      else {
        // A file that fails before its tests leaves them all skipped.
        const unready = file.status === "failed" ? "its file failed" : undefined
        const reason = meta?.reason ?? unready
        results.notRun.push(`${fullName}${reason ? `: ${reason}` : ""}`)
      }
    }
  return results
}
