import { spawn } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"

const checkout = resolve(import.meta.dirname, "../../../../..")
const requirements = join(import.meta.dirname, "schemathesis-requirements.txt")
const wanted = readFileSync(requirements, "utf8")
const version = /^schemathesis==(\S+)$/m.exec(wanted)?.[1] ?? "unknown"
const home = join(checkout, ".cache", `schemathesis-${version}`)

export interface Ran {
  code: number | null
  output: string
}

/** One program to its end; its output together. */
export function run(program: string, args: readonly string[], cwd: string): Promise<Ran> {
  return new Promise((done) => {
    const { PATH = "", HOME = "" } = process.env
    const child = spawn(program, args, { cwd, env: { PATH, HOME, COLUMNS: "200", NO_COLOR: "1" } })
    let output = ""
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        output += chunk
      })
    child.once("error", (error) => done({ code: null, output: String(error) }))
    child.once("close", (code) => done({ code, output }))
  })
}

/**
 * The program of exactly these versions, in a folder of the checkout's cache, brought when it is not there.
 *
 * @returns why it cannot be had here, where that is so
 */
export async function bringSchemathesis(): Promise<{ program: string } | { missing: string }> {
  const program = join(home, "bin", "schemathesis")
  if (existsSync(program)) return { program }
  const fresh = `${home}.${process.pid}`
  await mkdir(join(checkout, ".cache"), { recursive: true })
  const steps: [string, string[]][] = [
    ["python3", ["-m", "venv", fresh]],
    [
      join(fresh, "bin", "pip"),
      ["install", "--quiet", "--disable-pip-version-check", "--requirement", requirements],
    ],
  ]
  for (const [step, args] of steps) {
    const { code, output } = await run(step, args, checkout)
    if (code === 0) continue
    await rm(fresh, { recursive: true, force: true })
    return { missing: `${step} ${args[0]} did not work: ${output.trim().split("\n").at(-1)}` }
  }
  // Programs in it name their own folder, so they are started by Python and moved as a whole.
  await rename(fresh, home).catch(() => rm(fresh, { recursive: true, force: true }))
  return { program }
}

export interface Trial {
  /** the description that the server serves */
  document: string
  /** what each request has, e.g. a cookie */
  headers: Readonly<Record<string, string>>
  seconds: number
  /** the same one makes the same requests, for as long as there is time */
  seed: number
  /** values of parameters, by their names in paths and queries */
  parameters?: Readonly<Record<string, string>>
  /** calls that would end the trial */
  without: readonly string[]
}

/** Tries a served description with all sorts of requests; answers what it says of the answers. */
export async function tryDescription(trial: Trial): Promise<Ran> {
  const place = await mkdtemp(join(tmpdir(), "schemathesis-"))
  try {
    const lines = Object.entries(trial.parameters ?? {}).map(
      ([name, value]) => `${JSON.stringify(`path.${name}`)} = ${JSON.stringify(value)}`,
    )
    await writeFile(join(place, "schemathesis.toml"), `[parameters]\n${lines.join("\n")}\n`)
    return await run(join(home, "bin", "python"), argsOf(trial), place)
  } finally {
    await rm(place, { recursive: true, force: true })
  }
}

const checks = [
  "not_a_server_error",
  "status_code_conformance",
  "content_type_conformance",
  "response_schema_conformance",
  "response_headers_conformance",
]

function argsOf({ document, headers, seconds, seed, without }: Trial): string[] {
  return [
    ...["-m", "schemathesis.cli", "run", document, "--checks", checks.join(",")],
    ...["--max-time", String(seconds), "--seed", String(seed)],
    ...["--continue-on-failure", "--no-shrink"],
    ...["--phases", "examples,coverage,fuzzing", "--warnings", "off", "--request-timeout", "30"],
    ...["--suppress-health-check", "all", "--max-examples", "20"],
    ...Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
    ...without.flatMap((id) => ["--exclude-operation-id", id]),
  ]
}
