import type { FileEntry } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { FileContent } from "../../core/kind.ts"
import { readInBatches } from "../read-in-batches.ts"
import type { Repositories, Repository } from "../repository.ts"
import { type Packed, writeZip } from "./write-zip.ts"

/**
 * All files at a commit, the newest by default, as a ZIP archive below one folder.
 *
 * @throws Fault `not_found` when there is no such commit, or nothing was written yet
 */
export async function archiveFiles(
  repositories: Repositories,
  of: { projectId: IdOf<"project">; slug: string; commit: string | undefined; now: Date },
): Promise<FileContent> {
  const repository = repositories.of(of.projectId)
  const commit = of.commit ?? (await repository.head())
  if (commit === null) throw fault("not_found", { say: "The project has no files yet." })
  const files = await repository.list(commit)
  const name = `${of.slug}-${commit.slice(0, 7)}`
  return {
    pieces: writeZip(packed(repository, files, of.slug), of.now),
    name: `${name}.zip`,
  }
}

async function* packed(
  repository: Repository,
  files: readonly FileEntry[],
  folder: string,
): AsyncGenerator<Packed, void> {
  for await (const batch of readInBatches(repository, files))
    for (const { path, content } of batch) yield { path: `${folder}/${path}`, content }
}
