import { join } from "node:path"
import type { Clock } from "@vibecaas/kernel/clock"
import { z } from "zod"
import type { Blobs } from "./blobs.ts"
import { makeDocuments, parseJson } from "./documents.ts"
import type { Ecosystem } from "./ecosystem.ts"
import type { Integrity } from "./integrity.ts"
import { Refusal } from "./refusal.ts"
import type { Upstream } from "./upstream.ts"

const project = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
const documentPath = new RegExp(`^/simple/(${project})/?$`)
const filePath = new RegExp(`^/files/(${project})/([A-Za-z0-9][A-Za-z0-9._+!-]*)$`)

const freshMs = 5 * 60_000
const documentBytesMax = 64 * 1024 * 1024

const file = z.object({
  filename: z.string(),
  url: z.string(),
  hashes: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  "requires-python": z.string().nullish(),
  size: z.number().optional(),
  yanked: z.union([z.boolean(), z.string()]).optional(),
})
const document = z.object({ name: z.string(), files: z.array(file) })
type Document = z.infer<typeof document>

const upstreamDocument = z.object({ files: z.array(z.unknown()) })

const accept = "application/vnd.pypi.simple.v1+json"

/** The simple index of Python packages (PEP 503 and 691); files are only those that it lists. */
export function makePypi(options: {
  root: string
  upstream: Upstream
  blobs: Blobs
  clock: Clock
}): Ecosystem {
  const { upstream, blobs, clock } = options
  const documents = makeDocuments<Document>({
    root: join(options.root, "pypi"),
    ...{ upstream, clock, freshMs, maxBytes: documentBytesMax, accept },
    schema: document,
    urlOf: (name) => new URL(`simple/${name}/`, upstream.base),
    parse: (name, bytes, before) => parse(upstream, { name, bytes, before }),
  })
  const need = async (name: string): Promise<Document> => {
    const found = await documents.read(name)
    if (found) return found
    throw new Refusal(404, `There is no package ${name}.`)
  }
  return {
    async answer(path) {
      const [, asked] = documentPath.exec(path) ?? []
      if (asked !== undefined) return { type: accept, text: shown(await need(asked)) }
      const [, of, filename] = filePath.exec(path) ?? []
      if (of === undefined) return undefined
      const known = (await need(of)).files.find((each) => each.filename === filename)
      if (!known) throw new Refusal(404, `The package ${of} has no file ${filename}.`)
      const integrity: Integrity = { algorithm: "sha256", hex: known.hashes.sha256 }
      const bytes = await blobs.read(integrity, () => upstream.get(new URL(known.url)))
      return { type: "application/octet-stream", ...bytes }
    },
  }
}

/** Files without a hash are left out; one whose hash is another than it was keeps what was known. */
function parse(
  { base }: Upstream,
  { name, bytes, before }: { name: string; bytes: Buffer; before: Document | undefined },
): Document {
  const parsed = upstreamDocument.safeParse(parseJson(bytes))
  if (!parsed.success) throw new Refusal(502, `The index's answer about ${name} makes no sense.`)
  const files = parsed.data.files.flatMap((value) => {
    const read = file.safeParse(value)
    if (!read.success) return []
    const known = before?.files.find(({ filename }) => filename === read.data.filename)
    if (known && known.hashes.sha256 !== read.data.hashes.sha256) return [known]
    const url = new URL(read.data.url, new URL(`simple/${name}/`, base)).href
    return [{ ...read.data, url }]
  })
  return { name, files }
}

/** The document with addresses of ours. */
function shown({ name, files }: Document): string {
  return JSON.stringify({
    meta: { "api-version": "1.0" },
    name,
    files: files.map(({ filename, ...each }) => ({
      ...each,
      filename,
      url: `/files/${name}/${filename}`,
    })),
  })
}
