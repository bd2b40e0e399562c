import type { Project } from "@vibecaas/contract/kinds/projects"
import { fault } from "@vibecaas/kernel/fault"
import { commitAndStart } from "../apps/index.ts"
import { literalAddress } from "../core/addresses.ts"
import type { Ctx } from "../core/ctx.ts"
import { type FileChange, unpackWhole } from "../projects/index.ts"
import { type BegunMove, beginProject } from "./begin-move.ts"
import type { MovesParts } from "./moves-parts.ts"

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
  const asked = new URL(url)
  if (literalAddress(asked.hostname) !== undefined) {
    const say = "Name the server: addresses in numbers are not asked."
    throw fault("invalid", { say, fields: { "/url": say } })
  }
  const begun = await beginProject(
    ctx,
    { name: name ?? nameOf(asked), preview },
    { way: "git", from: url, request: { git: { url, branch: branch ?? null } } },
  )
  if (token !== undefined) {
    const kept = { by: begun.move.id, name: tokenName, projectId: begun.project.id }
    await vault.keep(ctx, { ...kept, type: "text", value: token })
  }
  return begun
}

export const tokenName = "IMPORT_TOKEN"

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
