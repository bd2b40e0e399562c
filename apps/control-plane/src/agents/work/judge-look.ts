import type { TaskCheck } from "@vibecaas/contract/task-check"
import { isFault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { MachineSession } from "../../apps/index.ts"
import { type Sight, widths } from "../browser/eyes.ts"
import { troublesOf } from "../browser/troubles.ts"
import { pagePath } from "../tools/app-tools.ts"
import type { ToolDesk } from "../tools/tool-call.ts"
import { brief } from "../whole-words.ts"
import type { CallResult } from "./journal.ts"
import { clip } from "./storable.ts"

const evidenceCharsMax = 6000

const looked = z.object({ passed: z.boolean(), evidence: z.string() })
type Looked = z.infer<typeof looked>

/**
 * Whether the app's first page, and the page that the plan's check names, load in a browser as they
 * should, on a narrow and a wide screen. It is told apart from a page that nobody could look at,
 * which is said and passes.
 */
export async function judgeLook(desk: ToolDesk, check: TaskCheck): Promise<Looked> {
  const { bench, journal, tryNumber } = desk
  const call = { kind: "check" as const, name: "browser", tryNumber, callKey: "browser" }
  return bench.machine.use(async (session) => {
    const head = await bench.files.head()
    if (!head || !(await session.hasApp())) return { passed: true, evidence: "" }
    const paths = [...new Set(["/", ...(check.kind === "page" ? [pagePath(check.path)] : [])])]
    const { output } = await journal.once(call, () => lookAll(desk, { session, head, paths }))
    return looked.parse(output)
  })
}

interface Pages {
  session: MachineSession
  head: string
  paths: string[]
}

async function lookAll({ bench }: ToolDesk, pages: Pages): Promise<CallResult> {
  const { session, head, paths } = pages
  const input = { paths, widths }
  const app = await session.startApp(head)
  if (!app.running) {
    const log = clip(app.logTail.join("\n"), evidenceCharsMax).text
    const output = { passed: false, evidence: `The app does not listen.\n${log}`, looks: [] }
    return { title: "did not look at the page: the app does not listen", ok: false, input, output }
  }
  try {
    return { input, ...verdictOn(await bench.eyes.visit(session, { commit: head, paths })) }
  } catch (error) {
    if (!isFault(error, "browser_missing") && !isFault(error, "browser_failed")) throw error
    const evidence = `Nobody looked at the page in a browser. ${error.say}`
    const title = `did not look at the page: ${error.say}`
    return { title, ok: false, input, output: { passed: true, evidence, looks: [] } }
  }
}

/** The tree and what the console said beside errors are for agents that ask; here they would be long. */
function verdictOn(sights: readonly Sight[]): Omit<CallResult, "input"> {
  const found = sights.flatMap((sight) => {
    const troubles = troublesOf(sight)
    const where = `${sight.path} at ${sight.width} px`
    return troubles.length > 0 ? [{ where, troubles }] : []
  })
  const looks = sights.map(({ path, width, scheme, title, picture }) => ({
    ...{ path, width, scheme, title, picture },
  }))
  const pages = [...new Set(sights.map(({ path }) => path))].join(" and ")
  const first = found[0]
  if (!first) {
    const said = `${pages}, ${widths.join(" and ")} px wide, without errors`
    const evidence = `Loaded in a browser: ${said}.`
    return { title: `saw ${said}`, ok: true, output: { passed: true, evidence, looks } }
  }
  const lines = found.map(({ where, troubles }) => [`${where}:`, ...troubles].join("\n- "))
  const evidence = clip(
    `In a browser the page does not load as it should.\n${lines.join("\n")}`,
    evidenceCharsMax,
  ).text
  const title = `found errors on ${first.where}: ${brief(first.troubles[0] ?? "", 160)}`
  return { title, ok: false, output: { passed: false, evidence, looks } }
}
