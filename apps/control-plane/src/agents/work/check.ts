import type { TaskCheck } from "@vibecaas/contract/task-check"
import { isFault } from "@vibecaas/kernel/fault"
import type { PageResult } from "../../apps/index.ts"
import { fetchFrom, pagePath } from "../tools/app-tools.ts"
import type { ToolDesk, Workbench } from "../tools/tool-call.ts"
import { brief } from "../whole-words.ts"
import { unshownClaims } from "./claims.ts"
import { belowFloor, changedTests, type Floor, unaccounted, unsaidOf } from "./floor.ts"
import type { Journal } from "./journal.ts"
import { judgeLook } from "./judge-look.ts"
import { provingRun } from "./proving-run.ts"
import { clip } from "./storable.ts"
import { allTests, isTest, type Printed, passedIn, runsTests } from "./test-runners.ts"

/** What a check showed: the sentence that proves the task done, or what is wrong. */
export interface Verdict {
  passed: boolean
  evidence: string
  /** tests that passed, of a command that runs tests and said how many */
  tests?: number
}

const evidenceCharsMax = 6000

/** Checks the task ourselves, whatever the agent said and planned, and keeps what that showed. */
export async function runCheck(
  desk: ToolDesk,
  { check, floor }: { check: TaskCheck; floor: Floor },
): Promise<Verdict> {
  const { tryNumber } = desk
  const call = { kind: "check" as const, name: check.kind, tryNumber, callKey: "check" }
  const recorded = await desk.journal.once(call, async () => {
    const verdict = await judgeAll(desk, { check, floor }).catch(withoutPackages)
    const title = `${verdict.passed ? "passed" : "failed"}: ${wordsOf(check)}`
    return { title, ok: verdict.passed, input: check, output: { evidence: verdict.evidence } }
  })
  return { passed: recorded.ok, evidence: evidenceIn(recorded.output) }
}

async function judgeAll(
  desk: ToolDesk,
  { check, floor }: { check: TaskCheck; floor: Floor },
): Promise<Verdict> {
  const planned = await judge(desk, check)
  return planned.passed ? judgeFloor(desk, { check, floor, planned }) : planned
}

/** Without their packages, files cannot be tried: that is theirs to mend. */
function withoutPackages(error: unknown): Verdict {
  if (isFault(error, "packages_failed")) return failed(error.say)
  throw error
}

const evidenceIn = (output: unknown) =>
  typeof output === "object" && output !== null && "evidence" in output
    ? String(output.evidence)
    : ""

function wordsOf(check: TaskCheck): string {
  if (check.kind === "command") return brief(check.argv.join(" "), 120)
  if (check.kind === "page") return `the page ${check.path} answers`
  return check.paths.length === 1 ? `${check.paths[0]} exists` : `${check.paths.length} files exist`
}

function judge({ bench, journal }: ToolDesk, check: TaskCheck): Promise<Verdict> {
  if (check.kind === "command") return judgeCommand({ bench, journal }, check.argv)
  if (check.kind === "page") return judgePage(bench, check)
  return judgeFiles(bench, check.paths)
}

interface Judging {
  check: TaskCheck
  floor: Floor
  planned: Verdict
}

/** What has to hold beside the plan's check. */
async function judgeFloor(desk: ToolDesk, { check, floor, planned }: Judging): Promise<Verdict> {
  const { journal, tryNumber } = desk
  const below = belowFloor(journal, floor)
  if (below) return failed(below)
  const lacking = unaccounted(journal, floor) ?? unshown(journal)
  if (lacking && tryNumber < floor.lastTry) return failed(lacking)
  // Who changed something after the tests has them run again.
  const closes = floor.closes || (floor.last && floor.free && journal.newestCommit() !== null)
  const tested = closes ? await judgeTests(desk, { check, floor, planned }) : planned
  if (!tested.passed || !floor.last) return tested
  const seen = await judgeLook(desk, check)
  if (!seen.passed) return seen
  return { passed: true, evidence: [tested.evidence, seen.evidence].filter(Boolean).join("\n") }
}

/** Whether the tests are some, pass, and are those that were there before but for what was said. */
async function judgeTests(
  { bench, journal }: ToolDesk,
  { check, floor, planned }: Judging,
): Promise<Verdict> {
  const { said } = floor
  const changed = await changedTests(bench.files)
  const unsaid = unsaidOf(changed, { journal, said })
  if (unsaid.length > 0) {
    return failed(
      `Tests that were there before were changed, and nobody said so: ${unsaid.join(", ")}. Name each in a note with its reason (add_note), or give it back (revert_file).`,
    )
  }
  const commands = await allTests(bench.files)
  const asked = check.kind === "command" ? check.argv.join(" ") : undefined
  const isAll = commands.every((argv) => argv.join(" ") === asked)
  const some = isAll || (await bench.files.list()).some(({ path }) => isTest(path))
  if (!some && floor.role !== "testing") return planned
  const tests = isAll ? planned : await judgeCommands({ bench, journal }, commands)
  if (!tests.passed) return tests
  const fewer = floor.free && changed.length > 0 ? await fewerTests(bench, tests) : undefined
  if (fewer) return fewer
  return isAll ? planned : { ...tests, evidence: `${planned.evidence}\n${tests.evidence}` }
}

/** Whether fewer tests pass than on the files that the run found, which are run for that. */
async function fewerTests(
  { files, machine, limits, signal }: Workbench,
  { tests = 0 }: Verdict,
): Promise<Verdict | undefined> {
  const before = await machine.use(async (session) => {
    await session.checkout(files.start)
    let passed = 0
    for (const argv of await allTests(files.atStart)) {
      const printed = await session.run([...argv], { timeoutMs: limits.commandMsMax, signal })
      passed += passedIn(printed) ?? 0
    }
    return passed
  })
  if (tests >= before) return undefined
  return failed(
    `Before this run ${before} tests passed, and now ${tests} do. Tests may change, but not become fewer: write others for what the app does now.`,
  )
}

function unshown(journal: Journal): string | undefined {
  const claims = unshownClaims(journal)
  if (claims.length === 0) return undefined
  const list = claims.map((words) => `“${brief(words, 120)}”`).join(", ")
  return `Your last words claim what no call of yours showed: ${list}. Do it, or say what is so.`
}

export const failed = (evidence: string): Verdict => ({ passed: false, evidence })

async function judgeFiles(bench: Workbench, paths: readonly string[]): Promise<Verdict> {
  const present = new Set((await bench.files.list()).map(({ path }) => path))
  const missing = paths.filter((path) => !present.has(path))
  if (missing.length === 0) return { passed: true, evidence: `${paths.join(", ")}: there` }
  return failed(`These files are missing: ${missing.join(", ")}`)
}

/** One after the other, until one fails; the tests of all together. */
async function judgeCommands(
  desk: Pick<ToolDesk, "bench" | "journal">,
  commands: readonly (readonly string[])[],
): Promise<Verdict> {
  let all: Verdict = { passed: true, evidence: "" }
  for (const argv of commands) {
    const one = await judgeCommand(desk, [...argv])
    if (!one.passed) return one
    const tests = all.tests === undefined ? one.tests : all.tests + (one.tests ?? 0)
    const evidence = [all.evidence, one.evidence].filter(Boolean).join("\n")
    all = { passed: true, evidence, ...(tests === undefined ? {} : { tests }) }
  }
  return all
}

/** What our own tool saw just before, on the same files, is not run once more. */
async function judgeCommand(
  { bench, journal }: Pick<ToolDesk, "bench" | "journal">,
  argv: string[],
): Promise<Verdict> {
  const { files, machine, limits, signal } = bench
  const command = brief(argv.join(" "), 200)
  const seen = provingRun(journal, { argv, commit: await files.head() })
  if (seen) {
    const how = `${command}, run by the agent on these very files,`
    return noTests(argv, seen) ?? succeeded(how, seen)
  }
  const result = await machine.use(async (session) => {
    await session.checkout(await files.head())
    return session.run(argv, { timeoutMs: limits.commandMsMax, signal })
  })
  if (result.exitCode === 0) {
    return noTests(argv, result) ?? succeeded(command, result)
  }
  const how = result.timedOut
    ? `was stopped after ${Math.round(limits.commandMsMax / 1000)} s`
    : `exited with ${result.exitCode ?? result.signal}`
  const output = clip(`${result.stdout}\n${result.stderr}`.trim(), evidenceCharsMax).text
  return failed(`${command} ${how}:\n${output}`)
}

/** Tests that are none prove nothing. */
const noTests = (argv: readonly string[], printed: Printed): Verdict | undefined =>
  runsTests(argv) && passedIn(printed) === 0
    ? failed(
        `${argv.join(" ")} ended well, but no test passed: there are none, or all were skipped.`,
      )
    : undefined

function succeeded(command: string, printed: Printed): Verdict {
  const tests = passedIn(printed)
  // Some test runners count on the other channel.
  const told = tests !== undefined && passedIn({ stdout: printed.stdout }) === undefined
  const last = lastLines((told && printed.stderr) || printed.stdout, 8)
  const evidence = `${command} exited with 0${last ? `:\n${last}` : ""}`
  return { passed: true, evidence, ...(tests === undefined ? {} : { tests }) }
}

const lastLines = (text: string, count: number) => text.trim().split("\n").slice(-count).join("\n")

/** The newest commit's app is started first: what answers must be what was built. */
async function judgePage(
  bench: Workbench,
  check: Extract<TaskCheck, { kind: "page" }>,
): Promise<Verdict> {
  return bench.machine.use(async (session) => {
    const head = await bench.files.head()
    if (!head) return failed("The project has no files, so no app can start.")
    const app = await session.startApp(head)
    if (!app.running) {
      const log = clip(app.logTail.join("\n"), evidenceCharsMax).text
      const exit = app.exitCode === null ? "" : ` It ended with exit code ${app.exitCode}.`
      return failed(`The app does not listen.${exit}\n${log}`)
    }
    try {
      let page = await fetchFrom(session, { method: "GET", path: pagePath(check.path) })
      // An app of one person alone leads whoever comes to its way in.
      for (let hops = 0; hops < hopsMax; hops++) {
        const path = leadsTo(page)
        if (path) page = await fetchFrom(session, { method: "GET", path })
      }
      return pageVerdict(check, page)
    } catch (error) {
      if (!isFault(error, "page_failed") && !isFault(error, "invalid")) throw error
      return failed(error.say)
    }
  })
}

/** How many times a page may lead on to another one of the app. */
const hopsMax = 3

/** The path of the same app that an answer leads to; nothing when it shows something itself. */
export function leadsTo({
  status,
  headers,
}: Pick<PageResult, "status" | "headers">): string | undefined {
  const to = headers.location ?? ""
  return status >= 300 && status < 400 && /^\/(?!\/)/.test(to) ? to : undefined
}

function pageVerdict(
  { path, contains }: Extract<TaskCheck, { kind: "page" }>,
  page: { status: number; body: string },
): Verdict {
  const answer = `GET ${path} answered ${page.status}`
  if (page.status >= 400) {
    return failed(`${answer}:\n${clip(page.body, evidenceCharsMax).text}`)
  }
  if (contains !== undefined && !page.body.includes(contains)) {
    const body = clip(page.body, evidenceCharsMax).text
    return failed(`${answer}, but without ${JSON.stringify(contains)}:\n${body}`)
  }
  return { passed: true, evidence: `${answer} with ${page.body.length} characters` }
}
