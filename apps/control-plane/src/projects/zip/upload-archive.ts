import type { Commit } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../../core/ctx.ts"
import { type CommitParts, commitFiles } from "../files.ts"
import { lockLivingProject } from "../need-project.ts"
import { unpackUpload } from "./unpack-upload.ts"

/**
 * Writes the files of an archive in one commit; with `replace` those that it has not are deleted.
 *
 * @throws Fault those of archives and of commits
 */
export async function uploadArchive(
  ctx: Ctx,
  parts: CommitParts,
  of: { projectId: IdOf<"project">; archive: Uint8Array; replace: boolean },
): Promise<Commit> {
  const { projectId } = of
  const written = await unpackUpload(of.archive)
  await lockLivingProject(ctx, projectId)
  const repository = parts.repositories.of(projectId)
  const parent = await repository.head()
  const kept = new Set(written.map(({ path }) => path))
  const before = of.replace && parent !== null ? await repository.list(parent) : []
  const gone = before
    .filter(({ path }) => !kept.has(path))
    .map(({ path }) => ({ path, content: null }))
  return commitFiles(ctx, parts, {
    ...{ projectId, parent, changes: [...gone, ...written] },
    message: `Upload ${written.length} ${written.length === 1 ? "file" : "files"}`,
    version: { kind: "upload", of: null },
  })
}
