import type { AgentsParts } from "../agents-parts.ts"
import { listProjectAttachments, readContent } from "../queries/attachments.ts"
import { asAgent } from "../work/as-agent.ts"
import type { ClaimedTask } from "../work/claimed-task.ts"
import { type Attached, type Shown, shownOf } from "./attached-files.ts"
import type { Given } from "./attachment.ts"

/** What people gave, for one task. */
interface Gifts {
  attached: Attached
  /** images among these, as a model is shown them */
  show: (given: readonly Given[]) => Promise<Shown[]>
  /** those that the task begins with: what came with its run. Of earlier runs' only the names are told */
  shown: Shown[]
}

export async function readGifts(
  { scope }: Pick<AgentsParts, "scope">,
  { run, task, handOver }: ClaimedTask,
): Promise<Gifts> {
  const by = asAgent(run, task)
  const content = (sha256: string) => scope(by, (ctx) => readContent(ctx.db, sha256))
  const all = () =>
    scope(by, async (ctx) => (await listProjectAttachments(ctx.db, run)).map(({ row }) => row))
  const show: Gifts["show"] = (given) => shownOf(given, content)
  return {
    attached: {
      list: async () => (await all()).map(({ path, bytes }) => ({ path: path ?? "", size: bytes })),
      async read(path) {
        const found = (await all()).find((row) => row.path === path)
        return found && content(found.sha256)
      },
    },
    show,
    shown: await show(handOver.attachments.filter(({ earlier }) => earlier === null)),
  }
}
