import { readFileSync } from "node:fs"
import { rowsCountedMax } from "@vibecaas/contract/app-data-limits"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import { dataFolder } from "../switch-app.ts"
import type { DataOf } from "./need-data.ts"

/** Looks at databases and files inside of the machine, where what they hold can hurt nobody else. */
const programs = { databases: programIn("inside.mjs"), files: programIn("inside-files.mjs") }

function programIn(name: string): string[] {
  const text = readFileSync(new URL(name, import.meta.url), "utf8")
  return ["node", "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", text]
}

export interface Asked {
  op: "list" | "rows" | "export" | "import" | "copy" | "replace" | "files" | "remove"
  [argument: string]: unknown
}

interface Limits {
  /** longest time, in `ms`; 15 s when absent */
  timeoutMs?: number
  /** of the answer; 8 MiB when absent */
  bytesMax?: number
  /** lines that follow the request */
  lines?: readonly string[]
}

const refused = z.strictObject({ error: z.string().max(2000) })

/**
 * What the program answers, byte for byte.
 *
 * @throws Fault `invalid` in the program's words, `too_large`, `unavailable` when it took too long
 */
export async function askInside(
  { machine, signal }: DataOf,
  asked: Asked,
  { timeoutMs = 15_000, bytesMax = 8 * 1024 * 1024, lines = [] }: Limits = {},
): Promise<Buffer> {
  const request = { ...asked, countedMax: rowsCountedMax }
  const stdin = [request, ...lines].map(lineOf).join("")
  const limits = { timeoutMs, maxOutputBytes: bytesMax, signal }
  const ofFiles = asked.op === "files" || asked.op === "remove"
  const argv = ofFiles ? programs.files : programs.databases
  const result = await run(machine, argv, { cwd: dataFolder, stdin, ...limits })
  const { stdout, exitCode, timedOut, truncated, stderr } = result
  if (timedOut) throw tookTooLong()
  if (truncated && stdout.length >= bytesMax) throw tooLarge(bytesMax)
  if (exitCode !== 0) throw unavailable(stderr.toString("utf8").slice(-500))
  const refusal = stdout.length < 10_000 ? refusalIn(stdout) : undefined
  if (refusal !== undefined) throw fault("invalid", { say: refusal })
  return stdout
}

/** The same as JSON of a known form: a machine may answer anything. */
export async function readInside<T>(
  of: DataOf,
  { schema, ...asked }: Asked & { schema: z.ZodType<T> },
  limits: Limits = {},
): Promise<T> {
  const answer = schema.safeParse(parsed(await askInside(of, asked, limits)))
  if (answer.success) return answer.data
  throw unavailable("an answer of another form")
}

const lineOf = (line: unknown) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`

async function run(
  { guest }: DataOf["machine"],
  argv: string[],
  options: Parameters<DataOf["machine"]["guest"]["exec"]>[1],
) {
  try {
    return await guest.exec(argv, options)
  } catch (error) {
    if (isFault(error) && !error.code.startsWith("guest_")) throw unavailable(error.say)
    if (isFault(error)) throw unavailable(error.code)
    throw error
  }
}

function refusalIn(stdout: Buffer): string | undefined {
  return refused.safeParse(parsed(stdout)).data?.error
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"))
  } catch {
    return undefined
  }
}

const tookTooLong = () =>
  fault("unavailable", {
    say: "That took too long. Search for less, or download the whole database.",
    retryable: true,
  })

const tooLarge = (bytesMax: number) =>
  fault("too_large", {
    say: `That is more than ${Math.floor(bytesMax / 1024 ** 2)} MiB. Make a backup and download that.`,
  })

const unavailable = (note: string) =>
  fault("unavailable", {
    say: "The app's machine could not read its data just now. Try again in a moment.",
    note,
    retryable: true,
  })
