import type { FileEntry } from "@vibecaas/contract/commits"
import type { Repository } from "./repository.ts"

/** Bytes that are held at once, if no single file has more. */
const batchBytes = 4 * 1024 * 1024

/** Files with what they hold, some at a time: a repository may have more than memory should. */
export async function* readInBatches(
  repository: Repository,
  files: readonly FileEntry[],
): AsyncGenerator<{ path: string; content: Buffer }[], void> {
  for (const batch of batchesOf(files)) {
    const contents = await repository.readAll(batch)
    yield batch.map(({ path }, at) => ({ path, content: contents[at] ?? Buffer.of() }))
  }
}

function* batchesOf(files: readonly FileEntry[]): Generator<FileEntry[]> {
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
