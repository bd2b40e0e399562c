import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Blobs } from "./blobs.ts"
import { makeDocuments } from "./documents.ts"
import type { Ecosystem, Served } from "./ecosystem.ts"
import { type NpmDocument, npmDocument, parseNpm } from "./npm-document.ts"
import { Refusal } from "./refusal.ts"
import type { Upstream } from "./upstream.ts"

/** Matches a package's name, in a scope or not. */
export const packageName = "(?:@[a-z0-9~-][a-z0-9._~-]*\\/)?[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
const documentPath = new RegExp(`^/(${packageName})$`)
const filePath = new RegExp(`^/(${packageName})/-/([A-Za-z0-9][A-Za-z0-9._+~-]*\\.tgz)$`)

/** How long a document is used without asking again, in `ms`. */
const freshMs = 5 * 60_000
const documentBytesMax = 128 * 1024 * 1024

/** The wire of npm's registry: documents of packages, and their tarballs. */
export function makeNpm(options: {
  root: string
  upstream: Upstream
  blobs: Blobs
  clock: Clock
}): Ecosystem {
  const { upstream, blobs, clock } = options
  const documents = makeDocuments<NpmDocument>({
    root: join(options.root, "npm"),
    ...{ upstream, clock, freshMs, maxBytes: documentBytesMax },
    accept: "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8",
    schema: npmDocument,
    urlOf: (of) => new URL(of.replace("/", "%2f"), upstream.base),
    parse: parseNpm,
  })
  const need = async (of: string): Promise<NpmDocument> => {
    const document = await documents.read(of)
    if (document) return document
    throw new Refusal(404, `There is no package ${of}.`)
  }
  return {
    async answer(path): Promise<Served | undefined> {
      const [, asked] = documentPath.exec(path) ?? []
      if (asked !== undefined) return served(await need(asked))
      const [, of, file] = filePath.exec(path) ?? []
      if (of === undefined || file === undefined) return undefined
      const known = (await need(of)).files[file]
      if (!known) throw new Refusal(404, `The package ${of} has no file ${file}.`)
      const bytes = await blobs.read(known.integrity, () => upstream.get(new URL(known.url)))
      return { type: "application/octet-stream", ...bytes }
    },
  }
}

function served({ files: _, ...document }: NpmDocument): Served {
  return { type: "application/json", text: JSON.stringify(document) }
}
