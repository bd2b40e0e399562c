import { z } from "zod"
import type { Advisory } from "./advisories.ts"
import { parseJson } from "./parse-json.ts"
import { Refusal } from "./refusal.ts"
import { readWhole, type Upstream } from "./upstream.ts"

const told = z.object({
  vulnerabilities: z.array(
    z.object({
      id: z.string().max(100),
      summary: z.string().nullish(),
      details: z.string().nullish(),
      link: z
        .url({ protocol: /^https$/ })
        .max(500)
        .nullish()
        .catch(null),
      withdrawn: z.string().nullish(),
    }),
  ),
})

const documentBytesMax = 16 * 1024 * 1024
const atOnce = 8

/**
 * Known problems of versions, by `name@version`, as Python's index tells them with each version. It
 * rates none of them.
 *
 * @throws Refusal when the index does not tell
 */
export async function askPypiAdvisories(
  upstream: Upstream,
  packages: readonly { name: string; version: string }[],
): Promise<Map<string, Advisory[]>> {
  const found = new Map<string, Advisory[]>()
  const left = [...packages]
  const work = async () => {
    for (let each = left.shift(); each; each = left.shift()) {
      const problems = await problemsOf(upstream, each)
      if (problems.length > 0) found.set(`${each.name}@${each.version}`, problems)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return found
}

async function problemsOf(
  upstream: Upstream,
  { name, version }: { name: string; version: string },
): Promise<Advisory[]> {
  const path = `pypi/${encodeURIComponent(name)}/${encodeURIComponent(version)}/json`
  const answer = await upstream.get(new URL(path, upstream.base))
  const read = told.safeParse(parseJson(await readWhole(answer, documentBytesMax)))
  if (!read.success) throw new Refusal(502, `${upstream.base.host} tells no advisories.`)
  return read.data.vulnerabilities
    .filter(({ withdrawn }) => !withdrawn)
    .map(({ id, summary, details, link }) => ({
      severity: "not rated",
      title: `${id}: ${summary || details || "no description"}`.replace(/\s+/g, " ").slice(0, 300),
      url: link ?? null,
    }))
}
