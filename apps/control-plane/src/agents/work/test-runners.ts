import type { ProjectFiles } from "./project-files.ts"

/** What a command printed. */
export interface Printed {
  stdout: string
  stderr?: string | undefined
}

/** How the tests of one language are found, run and counted. */
interface TestRunner {
  language: string
  /** the file and its line by which a project has it; every project has it when absent */
  lockedIn?: { path: string; entry: RegExp }
  /** the file of a project whose tests may stand among the code, where no name of a file tells */
  amongCodeOf?: string
  /** where its command looks for tests */
  isTest(path: string): boolean
  /** the whole of a project's tests, whatever a plan would rather run */
  all: readonly string[]
  /** whether a command is one that runs tests */
  runs(argv: readonly string[]): boolean
  /** how many passed; undefined when no count was printed */
  passed(printed: Printed): number | undefined
  /** names of tests that passed, as they were printed */
  names(printed: Printed): string[]
}

const lastOf = (text: string, form: RegExp) => [...text.matchAll(form)].at(-1)
const firstGroups = (text: string, form: RegExp) =>
  [...text.matchAll(form)].flatMap(([, name]) => (name ? [name] : []))

const node: TestRunner = {
  language: "node",
  isTest: (path) => /(^|\/)(test\/.+|test|test-[^/]+|[^/]+[._-]test)\.[cm]?[jt]s$/.test(path),
  all: ["node", "--test"],
  runs: (argv) =>
    (argv[0] === "node" && argv.includes("--test")) ||
    (argv[0] === "npm" && /^(test|t)$/.test(argv[1] ?? "")) ||
    (argv[0] === "node" && argv[1] === "--run" && argv[2] === "test"),
  passed({ stdout }) {
    const count = lastOf(stdout, /^\W*pass (\d+)\s*$/gm)?.[1]
    return count === undefined ? undefined : Number(count)
  },
  names: ({ stdout }) => firstGroups(stdout, /^\s*(?:✔|ok \d+ -) (.+?)(?: \(\d[\d.]*ms\))?\s*$/gm),
}

const isPythonTest = (path: string) => /(^|\/)test[^/]*\.py$/.test(path)
const runsModule = (argv: readonly string[], module: string) =>
  /^python3?$/.test(argv[0] ?? "") && argv[1] === "-m" && argv[2] === module

/** Where a project locks it. */
const pytest: TestRunner = {
  language: "python",
  lockedIn: { path: "requirements.txt", entry: /^pytest==/m },
  isTest: isPythonTest,
  all: ["python3", "-m", "pytest", "-v"],
  runs: (argv) => argv[0] === "pytest" || runsModule(argv, "pytest"),
  passed({ stdout }) {
    const line = lastOf(
      stdout,
      /^(?!test result:)=* ?.*\b(?:passed|failed|skipped|errors?|no tests ran)\b.* in [\d.]+s/gm,
    )
    return line && Number(/(\d+) passed/.exec(line[0])?.[1] ?? 0)
  },
  names: ({ stdout }) => firstGroups(stdout, /^\S+?::(\S.*?) PASSED/gm),
}

/** Python's own, which prints to stderr. */
const unittest: TestRunner = {
  language: "python",
  isTest: isPythonTest,
  all: ["python3", "-m", "unittest", "discover", "-v"],
  runs: (argv) => runsModule(argv, "unittest"),
  passed({ stderr = "" }) {
    const [, ran, told = ""] = lastOf(stderr, /^Ran (\d+) tests? in .*\n\n(.*)$/gm) ?? []
    if (ran === undefined) return undefined
    const others = told.matchAll(/\b(?:failures|errors|skipped|expected failures)=(\d+)/g)
    return Math.max(
      0,
      [...others].reduce((left, [, count]) => left - Number(count), Number(ran)),
    )
  },
  names: ({ stderr = "" }) => passedUnittests(stderr),
}

/** What a test's own app printed stands between its name and how it ended. */
function passedUnittests(stderr: string): string[] {
  const [told = ""] = stderr.split(/^[-=]{70}$/m)
  const begun = [...told.matchAll(/^(\w+) \([\w.]+\)(?:\n(.*))? \.\.\. /gm)]
  return begun.flatMap(({ 0: head, 1: name = "", 2: words, index }, at) => {
    const printed = told.slice(index + head.length, begun[at + 1]?.index)
    const [ended] = lastOf(printed, /^(?:ok|FAIL|ERROR|skipped .*|expected failure)$/gm) ?? []
    return ended === "ok" ? [name, ...(words ? [words] : [])] : []
  })
}

/** What `go test -json` tells of one test that passed, line by line. */
const passedInGo = /^\{.*"Action":"pass".*"Test":"((?:[^"\\]|\\.)+)".*\}$/gm

const go: TestRunner = {
  language: "go",
  isTest: (path) => /_test\.go$/.test(path),
  all: ["go", "test", "-json", "./..."],
  runs: (argv) => argv[0] === "go" && argv[1] === "test",
  passed(printed) {
    // Without -json or -v only packages are told.
    const told = /^\{.*"Action":"|^=== RUN /m.test(printed.stdout)
    return told ? namesInGo(printed).length : undefined
  },
  names: namesInGo,
}

/** Tests that have tests of their own are those together. */
function namesInGo({ stdout }: Printed): string[] {
  const names = [
    ...firstGroups(stdout, passedInGo),
    ...firstGroups(stdout, /^\s*--- PASS: (\S+) \(\d[\d.]*s\)$/gm),
  ]
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}/`)))
}

const cargo: TestRunner = {
  language: "rust",
  amongCodeOf: "Cargo.toml",
  isTest: (path) => /(^|\/)tests\/[^/]+\.rs$|(^|[/_])tests?\.rs$/.test(path),
  // Crates are compiled for what is built, and so only once.
  all: ["cargo", "test", "--release"],
  runs: (argv) => argv[0] === "cargo" && /^(test|t)$/.test(argv[1] ?? ""),
  passed({ stdout }) {
    const counts = firstGroups(stdout, /^test result: (?:ok|FAILED)\. (\d+) passed;/gm)
    return counts.length === 0 ? undefined : counts.reduce((sum, each) => sum + Number(each), 0)
  },
  names: ({ stdout }) => firstGroups(stdout, /^test (\S.*?) \.\.\. ok$/gm),
}

/** Of one language the first that a project has. */
const runners: readonly TestRunner[] = [node, pytest, unittest, go, cargo]
/** What tests are written for when nobody has written any. */
const usual = node

export const isTest = (path: string): boolean => runners.some((runner) => runner.isTest(path))

export const runsTests = (argv: readonly string[]): boolean =>
  runners.some((runner) => runner.runs(argv))

/** The commands that run all tests of a project: one for each language that it tests. */
export async function allTests(
  files: Pick<ProjectFiles, "list" | "read">,
): Promise<(readonly string[])[]> {
  const paths = (await files.list()).map(({ path }) => path)
  const commands = new Map<string, readonly string[]>()
  for (const runner of runners) {
    if (commands.has(runner.language) || !mayTest(runner, paths)) continue
    if (await isThere(files, runner)) commands.set(runner.language, runner.all)
  }
  return commands.size === 0 ? [usual.all] : [...commands.values()]
}

const mayTest = ({ amongCodeOf = "", isTest }: TestRunner, paths: readonly string[]) =>
  paths.some(isTest) || paths.includes(amongCodeOf)

const lockBytesMax = 1024 * 1024

async function isThere(files: Pick<ProjectFiles, "read">, { lockedIn }: TestRunner) {
  if (!lockedIn) return true
  const lock = await files.read(lockedIn.path, lockBytesMax)
  return lock !== null && lockedIn.entry.test(lock.content.toString("utf8"))
}

/** Whether a command runs all tests of one language. */
export const runsAllTests = (argv: readonly string[]): boolean =>
  runners.some(({ all }) => all.join(" ") === argv.join(" "))

/** How many tests passed, as their runners count them; undefined when no count was printed. */
export function passedIn(printed: Printed): number | undefined {
  const counts = runners
    .map((runner) => runner.passed(printed))
    .filter((each) => each !== undefined)
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0)
}

/** Names of tests that passed. */
export const passedTests = (printed: Printed): Set<string> =>
  new Set(runners.flatMap((runner) => runner.names(printed)))
