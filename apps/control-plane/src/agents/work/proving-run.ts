import { z } from "zod"
import type { Journal, RecordedCall } from "./journal.ts"
import type { Printed } from "./test-runners.ts"

const input = z.object({ argv: z.array(z.string()) })
const output = z.object({
  commit: z.string(),
  exitCode: z.literal(0),
  timedOut: z.literal(false),
  changed: z.array(z.string()).max(0),
  notKept: z.never().optional(),
  stdout: z.string(),
  stderr: z.string().optional(),
})

/**
 * The journalled run of a command that shows what running it once more would: our tool ran this
 * very command in the machine, from a clean checkout of this very commit; it ended with 0 and
 * changed nothing; no command ran after it; and it never failed on this commit.
 */
export function provingRun(
  journal: Pick<Journal, "newest">,
  of: { argv: readonly string[]; commit: string | null },
): Printed | undefined {
  const last = journal.newest(isRun)
  if (!last || !isOf(last, of.argv)) return undefined
  const seen = output.safeParse(last.output)
  if (!seen.success || seen.data.commit !== of.commit) return undefined
  const failed = journal.newest((call) => isRun(call) && !call.ok && isOf(call, of.argv, of.commit))
  if (failed) return undefined
  const { stdout, stderr } = seen.data
  return { stdout, stderr }
}

const isRun = ({ name }: RecordedCall) => name === "run_command"
const ran = z.object({ commit: z.string() })

function isOf(call: RecordedCall, argv: readonly string[], commit?: string | null): boolean {
  const asked = input.safeParse(call.input).data?.argv
  const same = asked?.length === argv.length && asked.every((word, i) => word === argv[i])
  return same && (commit === undefined || ran.safeParse(call.output).data?.commit === commit)
}
