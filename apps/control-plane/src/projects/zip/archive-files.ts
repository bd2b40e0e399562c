import type { FileEntry } from "@vibecaas/contract/commits"
import type { IdOf } from "@vibecaas/contract/kinds"
import { fault } from "@vibecaas/kernel/fault"
import type { FileContent } from "../../core/kind.ts"
import type { Repositories, Repository } from "../repository.ts"
import { type Packed, writeZip } from "./write-zip.ts"

/** Bytes that are read from the repository before they are packed. */
const batchBytes = 4 * 1024 * 1024

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
  for (const batch of batchesOf(files)) {
    const contents = await repository.readAll(batch)
    for (const [at, { path }] of batch.entries()) {
      yield { path: `${folder}/${path}`, content: contents[at] ?? Buffer.of() }
    }
  }
}

export function* batchesOf(files: readonly FileEntry[]): Generator<FileEntry[]> {
  let batch: FileEntry[] = []
  let bytes = 0
  for (const file of files) {
    batch.push(file)
    bytes += file.size
    if (bytes < batchBytes) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}
