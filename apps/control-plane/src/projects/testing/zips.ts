import { writeZip } from "../zip/write-zip.ts"

/** An archive of these files, as the platform writes them. */
export async function zipOf(files: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  async function* packed() {
    for (const [path, content] of Object.entries(files)) {
      yield { path, content: Buffer.from(content) }
    }
  }
  const pieces: Buffer[] = []
  for await (const piece of writeZip(packed(), new Date("2026-01-02T03:04:05Z"))) pieces.push(piece)
  return Buffer.concat(pieces)
}
