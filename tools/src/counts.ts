import { readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { countRun } from "../../apps/control-plane/bench/counts.ts"
import { printTable } from "../../apps/control-plane/bench/figures.ts"
import { trackedFiles } from "./tracked-files.ts"

/**
 * Counts what does not depend on how fast a machine is, for this checkout or another one that is
 * installed and built: `node tools/src/counts.ts [CHECKOUT] [lines|run]...`.
 */
const words = process.argv.slice(2)
const parts = ["lines", "run"]
const checkout = resolve(words.find((word) => !parts.includes(word)) ?? ".")
const chosen = parts.filter(
  (part) => !words.some((word) => parts.includes(word)) || words.includes(part),
)

if (chosen.includes("lines")) printLines()
if (chosen.includes("run")) await printRun()

async function printRun(): Promise<void> {
  const { perCreation, perStep, run, block } = await countRun(checkout)
  const of = (value: number) => value.toFixed(Number.isInteger(value) ? 0 : 1)
  printTable("Statements", [
    ["", "statements"],
    ["POST /projects with a prompt, its transaction", of(perCreation)],
    [`a whole run: ${run.turns} turns, ${run.steps} steps`, of(run.statements)],
    ["the run, per turn of a loop", of(run.statements / run.turns)],
    ["transactions that record a step, per step", of(perStep)],
  ])
  printTable("Longest block of the server's event loop", [
    ["", "ms"],
    ["at rest", block.beforeMs.toFixed(1)],
    [`while 20 prompts of 4,000 characters arrive, ${block.refused} refused`, of(block.duringMs)],
  ])
}

interface Lines {
  code: number
  tests: number
}

function printLines(): void {
  const rooms = new Map<string, Lines>()
  for (const file of trackedFiles(checkout)) {
    const room = roomOf(file)
    if (room === undefined) continue
    const lines = rooms.get(room) ?? { code: 0, tests: 0 }
    lines[isForTests(file) ? "tests" : "code"] +=
      readFileSync(join(checkout, file), "utf8").split("\n").length - 1
    rooms.set(room, lines)
  }
  const sum = [...rooms.values()].reduce((all, { code, tests }) => ({
    code: all.code + code,
    tests: all.tests + tests,
  }))
  printTable("Lines", [
    ["room", "code", "tests and what they need"],
    ...[...rooms].sort().map(([room, { code, tests }]) => [room, String(code), String(tests)]),
    ["all", String(sum.code), String(sum.tests)],
  ])
}

/** A folder of the server, a package, an app; nothing for what is no code of ours. */
function roomOf(file: string): string | undefined {
  if (!/\.(ts|tsx|js|cjs|css|sh)$/.test(file) || file.includes("/migrations/")) return undefined
  return (
    /^apps\/control-plane\/src\/[^/]+(?=\/)/
      .exec(file)?.[0]
      .replace("apps/control-plane/src", "server") ??
    /^(packages|apps)\/[^/]+/.exec(file)?.[0] ??
    /^(e2e|tools)(?=\/)/.exec(file)?.[0]
  )
}

function isForTests(file: string): boolean {
  return /\.(test|suite|bench)\.tsx?$|\/(testing|suite|simulators|evaluation|bench)\/|^e2e\//.test(
    file,
  )
}
