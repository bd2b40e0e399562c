import { spawnSync } from "node:child_process"
import { lintStructure } from "./structure.ts"

/** One check: a command that is silent and ends with 0 when all is well. */
interface Check {
  name: string
  argv: string[]
}

const bin = (name: string) => `node_modules/.bin/${name}`
const tsc = "node_modules/typescript-7/bin/tsc"

const checks: Check[] = [
  { name: "format and lint", argv: [bin("biome"), "check", "--error-on-warnings"] },
  { name: "types", argv: [process.execPath, tsc, "-p", "tsconfig.json"] },
  {
    name: "types of the dashboard",
    argv: [process.execPath, tsc, "-p", "apps/dashboard/tsconfig.check.json"],
  },
  {
    name: "import rules",
    argv: [
      bin("depcruise"),
      "--config",
      "tools/import-rules.cjs",
      "--ts-config",
      "tsconfig.json",
      "packages",
      "apps/control-plane/src",
      "apps/dashboard/src",
      "evaluation/src",
    ],
  },
  {
    name: "unused code and packages",
    argv: [bin("knip"), "--config", "tools/knip.json", "--no-progress"],
  },
]

let failed = 0
for (const check of checks) {
  const [file = "", ...rest] = check.argv
  const began = process.hrtime.bigint()
  const result = spawnSync(file, rest, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })
  report(check.name, result.status === 0, began)
  if (result.status !== 0) {
    failed++
    process.stdout.write(`${result.stdout ?? ""}${result.stderr ?? ""}\n`)
  }
}
const began = process.hrtime.bigint()
const mistakes = lintStructure(process.cwd())
report("structure", mistakes.length === 0, began)
for (const mistake of mistakes) process.stdout.write(`  ${mistake}\n`)
process.exit(failed + mistakes.length === 0 ? 0 : 1)

function report(name: string, ok: boolean, began: bigint): void {
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  process.stdout.write(`${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)\n`)
}
