import { fault, invariant, isFault } from "@vibecaas/kernel/fault"
import type { Turn } from "@vibecaas/reconcile/loop"
import { inTurn } from "../core/resource.ts"
import { commitFiles } from "../projects/index.ts"
import type { MoveRow } from "./move.ts"
import { note } from "./move-resource.ts"
import type { MovesParts } from "./moves-parts.ts"
import { commitBrought, tokenName } from "./start-import.ts"
import { type Work, whileWanted } from "./while-wanted.ts"

/** bytes that are fetched at most */
const fetchedMax = 64 * 1024 * 1024

/** Fetches a branch and begins its project with the files. @throws Fault with why not */
export async function bringIn(
  parts: MovesParts,
  { row, turn }: { row: MoveRow; turn: Turn },
): Promise<void> {
  const { git } = row.request
  invariant(git, "an import from a git server says which")
  const token = await inTurn(parts, turn, (ctx) =>
    parts.vault.read(ctx, { by: row.id, name: tokenName }),
  )
  const brought = await whileWanted(parts, { row, turn }, ({ signal, say }) =>
    fetchBy(parts, { row, git, token, signal, say }),
  )
  const from = `${git.url}${git.branch === null ? "" : ` (${git.branch})`}`
  const at = `${from} at ${brought.commit.slice(0, 7)}`
  const files = { projectId: row.projectId, changes: brought.changes, from: at }
  const end = (leftOut: string[], start: boolean) =>
    inTurn(parts, turn, async (ctx) => {
      if (start) await commitBrought(ctx, parts, files)
      else {
        const message = `Import from ${at}`
        const version = { kind: "import" as const, of: null }
        await commitFiles(ctx, parts, { ...files, parent: undefined, message, version })
      }
      await parts.vault.drop(ctx, row.id)
      await note(ctx, row, { state: "done", doing: null, leftOut })
    })
  try {
    await end(brought.leftOut, true)
  } catch (error) {
    // The files are there to be looked at even where the plan has no room for a machine.
    if (!isFault(error, "quota_exceeded")) throw error
    await end([`The app was not started: ${error.say}`, ...brought.leftOut], false)
  }
}

async function fetchBy(
  parts: MovesParts,
  of: {
    row: MoveRow
    git: { url: string; branch: string | null }
    token: string | undefined
    signal: AbortSignal
    say: Work["say"]
  },
) {
  const { row, git, token, signal, say } = of
  const { hostname: host, port } = new URL(git.url)
  const to = { host, port: Number(port || 443), bytesMax: fetchedMax, signal }
  const way = await parts.way(to)
  say(() => `fetching, ${(way.received() / 1024 / 1024).toFixed(1)} MiB so far`)
  try {
    const branch = { ...git, name: row.id, proxy: way.proxy, ca: way.ca, token, signal }
    return await parts.repositories.bring(branch)
  } catch (error) {
    const refusal = way.refusal()
    if (refusal === undefined || !isFault(error, "invalid")) throw error
    throw fault("invalid", { say: refusal, cause: error })
  } finally {
    await way.close()
  }
}
