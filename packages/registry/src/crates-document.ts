import { z } from "zod"
import { archiveIn } from "./crate-places.ts"
import { type Files, type Parse, promiseOf, withPromises } from "./document.ts"
import { Refusal } from "./refusal.ts"

const words = z.record(z.string(), z.array(z.string()))

/** One version, as much of it as cargo reads to choose among them. */
const release = z.object({
  name: z.string(),
  vers: z.string().regex(/^[0-9][A-Za-z0-9.+-]{0,100}$/),
  deps: z.array(z.unknown()),
  cksum: z.string().regex(/^[0-9a-f]{64}$/),
  features: words,
  features2: words.nullish(),
  yanked: z.boolean(),
  links: z.string().nullish(),
  v: z.number().optional(),
  rust_version: z.string().nullish(),
})

/** One line a version; one whose hash is another than was promised keeps the promise. */
export const parseCrates: Parse = ({ name, bytes, base, promised }) => {
  const files: Files = {}
  const lines: string[] = []
  for (const line of new TextDecoder().decode(bytes).split("\n")) {
    const read = release.safeParse(jsonIn(line))
    if (!read.success || read.data.name.toLowerCase() !== name) continue
    const { cksum, ...shown } = read.data
    const file = `${shown.name}-${shown.vers}.crate`
    const promise = promiseOf(promised, file, { algorithm: "sha256", hex: cksum })
    files[file] = { ...promise, url: archiveIn(base, shown.name, shown.vers) }
    lines.push(`${JSON.stringify({ ...shown, cksum: promise.hex })}\n`)
  }
  if (lines.length === 0) throw new Refusal(502, `The index's answer about ${name} makes no sense.`)
  return {
    body: new TextEncoder().encode(lines.join("")),
    files: withPromises(promised, files),
  }
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
