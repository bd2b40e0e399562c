import type { IdOf } from "@vibecaas/contract/kinds"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { fault } from "@vibecaas/kernel/fault"
import { commitAndStart } from "../apps/index.ts"
import { literalAddress } from "../core/addresses.ts"
import type { Ctx } from "../core/ctx.ts"
import { want } from "../core/resource.ts"
import { type FileChange, lockLivingProject, unpackWhole } from "../projects/index.ts"
import type { Vault } from "../secrets/index.ts"
import { type BegunMove, beginProject } from "./begin-move.ts"
import { needMove } from "./cancel-move.ts"
import type { MoveRow } from "./move.ts"
import { moveResource } from "./move-resource.ts"
import type { MovesParts } from "./moves-parts.ts"
import { lockMove, updateMove } from "./queries.ts"

export interface GitImport {
  name?: string | undefined
  preview: Project["preview"]
  url: string
  branch?: string | undefined
  token?: string | undefined
}

/**
 * Creates a project from a branch elsewhere; its files come as soon as they are fetched. A token is sealed
 * until then, and forgotten when the import is over, however it ended.
 *
 * @throws Fault `quota_exceeded`, `invalid`, `wrong_state`
 */
export async function startImport(
  ctx: Ctx,
  { vault }: Pick<MovesParts, "vault">,
  { name, preview, url, branch, token }: GitImport,
): Promise<BegunMove> {
  const asked = named(url)
  const begun = await beginProject(
    ctx,
    { name: name ?? nameOf(asked), preview },
    { way: "git", from: url, request: { git: { url, branch: branch ?? null } } },
  )
  await keepToken(ctx, vault, { move: begun.move, token })
  return begun
}

interface AgainFrom {
  moveId: IdOf<"move">
  url?: string | undefined
  branch?: string | null | undefined
  token?: string | undefined
}

/**
 * Begins an import anew that failed, in the project that it was for. What is not given is as it was, but for
 * the token, which is forgotten by then.
 *
 * @throws Fault `not_found`, `invalid`, `wrong_state` for what did not fail, and where files came another way
 */
export async function retryImport(
  ctx: Ctx,
  { repositories, vault }: Pick<MovesParts, "repositories" | "vault">,
  { moveId, url, branch, token }: AgainFrom,
): Promise<MoveRow> {
  const { projectId } = await needMove(ctx, moveId)
  await lockLivingProject(ctx, projectId)
  const row = await lockMove(ctx.db, moveId)
  const before = row?.request.git
  if (!row || !before) throw wrongState("Only an import from a git server can be tried again.")
  if (row.state !== "failed") throw wrongState("Only what failed can be tried again.")
  if ((await repositories.of(projectId).head()) !== null)
    throw wrongState("This project has files by now. Import into a new one.")
  const git = { url: url ?? before.url, branch: branch === undefined ? before.branch : branch }
  named(git.url)
  await keepToken(ctx, vault, { move: row, token })
  const set = { request: { git }, from: git.url, state: "waiting", failure: null } as const
  return want(ctx, moveResource, {
    action: "move.retry",
    details: { projectId },
    async write() {
      await updateMove(ctx.db, moveId, { ...set, updatedAt: ctx.clock.now() })
      return { ...row, ...set }
    },
  })
}

const wrongState = (say: string) => fault("wrong_state", { say })

/** @throws Fault `invalid` for an address in numbers */
function named(url: string): URL {
  const asked = new URL(url)
  if (literalAddress(asked.hostname) === undefined) return asked
  const say = "Name the server: addresses in numbers are not asked."
  throw fault("invalid", { say, fields: { "/url": say } })
}

export const tokenName = "IMPORT_TOKEN"

async function keepToken(
  ctx: Ctx,
  vault: Vault,
  { move, token }: { move: MoveRow; token: string | undefined },
): Promise<void> {
  if (token === undefined) return
  const kept = { by: move.id, name: tokenName, projectId: move.projectId }
  await vault.keep(ctx, { ...kept, type: "text", value: token })
}

/** `reading-list` of `https://host/mara/reading-list.git` as "Reading list" */
function nameOf({ pathname }: URL): string {
  const last = decodeURIComponent(pathname).split("/").filter(Boolean).at(-1) ?? ""
  const words = last
    .replace(/\.git$/, "")
    .replaceAll(/[-_.\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, 60)
  return words.length < 2 ? "Imported project" : words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Creates a project from an archive, and starts its app.
 *
 * @throws Fault those of archives, of commits and of starts: then there is no project
 */
export async function importArchive(
  ctx: Ctx,
  parts: MovesParts,
  { name, preview, archive }: { name: string; preview: Project["preview"]; archive: Uint8Array },
): Promise<BegunMove> {
  const { changes, leftOut } = await unpackWhole(archive)
  const begun = await beginProject(
    ctx,
    { name, preview },
    { way: "archive", from: "a ZIP archive", request: {}, state: "done", leftOut },
  )
  await commitBrought(ctx, parts, { projectId: begun.project.id, changes, from: "a ZIP archive" })
  return begun
}

/** The files that a project begins with, in one commit that runs as its app. */
export function commitBrought(
  ctx: Ctx,
  parts: MovesParts,
  of: { projectId: BegunMove["project"]["id"]; changes: readonly FileChange[]; from: string },
): Promise<string> {
  return commitAndStart(ctx, parts, {
    ...{ projectId: of.projectId, changes: of.changes, parent: undefined },
    message: `Import from ${of.from}`,
    version: { kind: "import", of: null },
    trust: "untrusted",
  })
}
