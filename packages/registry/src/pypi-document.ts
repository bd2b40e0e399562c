import { z } from "zod"
import { asBytes, type Files, type Parse, promiseOf, withPromises } from "./document.ts"
import { parseJson } from "./parse-json.ts"
import { Refusal } from "./refusal.ts"

const file = z.object({
  filename: z.string(),
  url: z.string(),
  hashes: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  "requires-python": z.string().nullish(),
  size: z.number().optional(),
  yanked: z.union([z.boolean(), z.string()]).optional(),
})
const upstreamDocument = z.object({ files: z.array(z.unknown()) })

/** Files without a hash are left out; one whose hash is another than was promised keeps the promise. */
export const parsePypi: Parse = ({ name, bytes, base, promised }) => {
  const parsed = upstreamDocument.safeParse(parseJson(bytes))
  if (!parsed.success) throw new Refusal(502, `The index's answer about ${name} makes no sense.`)
  const files: Files = {}
  const shown: object[] = []
  for (const value of parsed.data.files) {
    const read = file.safeParse(value)
    if (!read.success) continue
    const { filename, hashes, ...each } = read.data
    const promise = promiseOf(promised, filename, { algorithm: "sha256", hex: hashes.sha256 })
    files[filename] = { ...promise, url: new URL(each.url, new URL(`simple/${name}/`, base)).href }
    const url = `/files/${name}/${filename}`
    shown.push({ ...each, filename, url, hashes: { sha256: promise.hex } })
  }
  const body = asBytes({ meta: { "api-version": "1.0" }, name, files: shown })
  return { body, files: withPromises(promised, files) }
}
