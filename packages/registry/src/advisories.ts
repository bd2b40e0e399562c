import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { satisfies } from "semver"
import { z } from "zod"
import { packageName } from "./npm.ts"
import { parseJson } from "./parse-json.ts"
import { Refusal } from "./refusal.ts"
import { bodyOf, readWhole } from "./upstream.ts"

export interface Advisory {
  severity: string
  title: string
  url: string | null
}

const answer = z.record(
  z.string(),
  z.array(
    z.object({
      severity: z.string().max(40),
      title: z.string().max(500),
      url: z
        .url({ protocol: /^https$/ })
        .max(500)
        .optional()
        .catch(undefined),
      vulnerable_versions: z.string().max(2000),
    }),
  ),
)
const anyVersion = { includePrerelease: true, loose: true }
const wholeName = new RegExp(`^(?=.{1,214}$)${packageName}$`)
const askMs = 15_000
const bytesMax = 8 * 1024 * 1024

/**
 * Known problems of versions, by `name@version`, as npm's bulk endpoint tells them. Names and versions
 * of packages are all that is sent.
 *
 * @throws Refusal when the registry does not tell
 */
export async function askAdvisories(
  { base, fetch: ask, clock }: { base: URL; fetch: typeof fetch; clock: Clock },
  packages: readonly { name: string; version: string }[],
): Promise<Map<string, Advisory[]>> {
  // Names come from a lock file. One that is none must not cost what is known of the others.
  const versions = new Map<string, string[]>()
  for (const { name, version } of packages)
    if (wholeName.test(name)) versions.set(name, [...(versions.get(name) ?? []), version])
  const over = new AbortController()
  const sent = ask(new URL("-/npm/v1/security/advisories/bulk", base), {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(Object.fromEntries(versions)),
    redirect: "error",
    signal: over.signal,
  })
  const read = sent.then(async (response) => {
    if (!response.ok) throw new Refusal(502, `${base.host} tells no advisories.`)
    const body = bodyOf(response, { clock, ms: askMs })
    const told = answer.parse(parseJson(await readWhole({ body }, bytesMax)))
    return new Map(Object.entries(told))
  })
  const told = await inTime({ clock, ms: askMs }, read, () => {
    over.abort()
    throw new Refusal(504, `${base.host} did not answer in time.`)
  })
  return matched(packages, told)
}

function matched(
  packages: readonly { name: string; version: string }[],
  told: ReadonlyMap<string, z.infer<typeof answer>[string]>,
): Map<string, Advisory[]> {
  const found = new Map<string, Advisory[]>()
  for (const { name, version } of packages) {
    const hits = (told.get(name) ?? []).filter((each) =>
      satisfies(version, each.vulnerable_versions, anyVersion),
    )
    if (hits.length === 0) continue
    const shown = hits.map(({ severity, title, url = null }) => ({ severity, title, url }))
    found.set(`${name}@${version}`, shown)
  }
  return found
}
