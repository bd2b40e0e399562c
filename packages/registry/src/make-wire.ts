import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Blobs } from "./blobs.ts"
import { asBytes, type Document, fileIn } from "./document.ts"
import { makeDocuments } from "./documents.ts"
import { Absent, Refusal } from "./refusal.ts"
import type { Upstream } from "./upstream.ts"
import type { Wire, WireName } from "./wire.ts"

/** What one sort of registries calls things, and where it has them. */
export interface Dialect {
  name: WireName
  /** of our documents */
  type: string
  /** what a registry is asked for */
  accept: string
  documentBytesMax: number
  /** finds the name of a document, mostly that of its package, in an address of ours */
  documentPath: RegExp
  /** the file that an address of ours means, and the name of the document that lists it */
  fileAt(path: string): { of: string; file: string } | undefined
  /** under which one of its ways a name is written it is kept; any is another name when absent */
  plainName?(name: string): string
  /** where the registry has a document */
  urlOf(name: string, base: URL): URL
  /** where the registry has a file, when its documents do not say */
  locate?(url: URL, upstream: Upstream): Promise<URL>
  /** what is answered at paths that are of no package */
  about?(host: string): Readonly<Record<string, object>>
  /** whether what a document says can change; all of them can when absent */
  changes?(name: string): boolean
  /** installers ask for what may not be there: it is no complaint when it is not */
  seeks?: boolean
}

/** @param form finds the name of a package and that of its file */
export const fileBy =
  (form: RegExp): Dialect["fileAt"] =>
  (path) => {
    const [, of, file] = form.exec(path) ?? []
    return of === undefined || file === undefined ? undefined : { of, file }
  }

/** How long a document is used without asking again, in `ms`. */
const freshMs = 5 * 60_000

/** Serves documents of packages, and their files: only those that a document lists. */
export function makeWire(
  dialect: Dialect,
  options: { root: string; upstream: Upstream; blobs: Blobs; clock: Clock },
): Wire {
  const { name, type, accept, documentBytesMax, documentPath, urlOf } = dialect
  const { upstream, blobs, clock } = options
  const documents = makeDocuments({
    root: join(options.root, name),
    ...{ upstream, clock, maxBytes: documentBytesMax, accept },
    freshMs: (of) => (dialect.changes?.(of) === false ? Number.POSITIVE_INFINITY : freshMs),
    parser: name,
    urlOf: (of) => urlOf(of, upstream.base),
  })
  const need = async (of: string): Promise<Document> => {
    const document = await documents.read(dialect.plainName?.(of) ?? of)
    if (document) return document
    throw dialect.seeks ? new Absent() : new Refusal(404, `There is no package ${of}.`)
  }
  const fetchFile = async (url: URL) =>
    upstream.get(dialect.locate ? await dialect.locate(url, upstream) : url)
  return {
    async answer(path, host) {
      const about = dialect.about?.(host)[path]
      if (about) return { type: "application/json", bytes: asBytes(about) }
      const [, asked] = documentPath.exec(path) ?? []
      if (asked !== undefined) return { type, bytes: (await need(asked)).body }
      const named = dialect.fileAt(path)
      if (!named) return undefined
      const { of, file } = named
      const known = fileIn(await need(of), file)
      if (!known) throw new Refusal(404, `The package ${of} has no file ${file}.`)
      const bytes = await blobs.read(known.integrity, () => fetchFile(known.url))
      return { type: "application/octet-stream", ...bytes }
    },
    list: documents.list,
  }
}
