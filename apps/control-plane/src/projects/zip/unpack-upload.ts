import { fault } from "@vibecaas/kernel/fault"
import { madeAnew, sift, broughtMax as unpackedMax } from "../bring/sift.ts"
import { checkFilePath } from "../file-path.ts"
import type { FileChange } from "../repository.ts"
import { readZip, type ZipEntry } from "./read-zip.ts"

/**
 * The files of an archive, as changes for one commit. A single folder around all of them is taken off,
 * and what programs make anew (`node_modules`, `.git`) is left out.
 *
 * @throws Fault `invalid`, `too_large`, `path_refused`; whatever it is, no file was taken
 */
export async function unpackUpload(archive: Uint8Array): Promise<FileChange[]> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const entries = readZip(bytes, 4 * unpackedMax.files).filter(isWanted)
  const files = withoutFolder(entries.filter((entry) => entry.kind === "file"))
  mustFit(files)
  const changes: FileChange[] = []
  for (const { path, read } of files) {
    checkFilePath(path)
    changes.push({ path, content: await read() })
  }
  return changes
}

/**
 * The files of an archive that a project begins with: what it may not have is left out and named.
 *
 * @throws Fault `invalid`, `too_large`
 */
export async function unpackWhole(
  archive: Uint8Array,
): Promise<{ changes: FileChange[]; leftOut: string[] }> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const entries = readZip(bytes, 4 * unpackedMax.files).filter(({ kind }) => kind !== "folder")
  const ordinary = withoutFolder(entries.filter(({ path }) => !madeAnew.test(path)))
  const anew = entries.filter(({ path }) => madeAnew.test(path))
  const { kept, leftOut } = sift([...ordinary, ...anew].map(asCandidate))
  const changes: FileChange[] = []
  for (const { path, read } of kept) changes.push({ path, content: await read() })
  return { changes, leftOut }
}

/** Of what is no file, archives say no more than that. */
const asCandidate = (entry: ZipEntry) =>
  entry.kind === "other" ? { ...entry, kind: "link" as const } : entry

function isWanted({ path, kind }: ZipEntry): boolean {
  if (kind === "folder" || madeAnew.test(path)) return false
  if (kind === "file") return true
  throw fault("path_refused", {
    say: `${JSON.stringify(path.slice(0, 100))} is a link or a device; only files can be uploaded.`,
  })
}

/** Archives of a folder have its name before all paths. */
function withoutFolder(files: readonly ZipEntry[]): ZipEntry[] {
  const [first] = files
  const folder = first?.path.includes("/") ? `${first.path.split("/")[0]}/` : ""
  const common = folder !== "" && files.every(({ path }) => path.startsWith(folder))
  return common
    ? files.map((file) => ({ ...file, path: file.path.slice(folder.length) }))
    : [...files]
}

function mustFit(files: readonly ZipEntry[]): void {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  if (files.length === 0) {
    throw fault("invalid", { say: "The archive has no file that could be taken." })
  }
  if (files.length <= unpackedMax.files && bytes <= unpackedMax.bytes) return
  throw fault("too_large", {
    say: `The archive has ${files.length} files of ${Math.ceil(bytes / 1024)} KiB; at most ${unpackedMax.files} files of ${unpackedMax.bytes / 1024 / 1024} MiB are taken.`,
  })
}
