import type { Advisory } from "./advisories.ts"
import { indexPath } from "./crate-places.ts"
import { Refusal } from "./refusal.ts"
import type { Wire } from "./wire.ts"

const yanked: Advisory = {
  severity: "yanked",
  title: "Its maker has taken this version back: new projects do not get it.",
  url: null,
}
const atOnce = 8

/**
 * Versions that their makers took back, by `name@version`: all that an index of crates tells of
 * problems.
 *
 * @throws Refusal when the index does not tell
 */
export async function askYanked(
  wire: Pick<Wire, "answer">,
  packages: readonly { name: string; version: string }[],
): Promise<Map<string, Advisory[]>> {
  const found = new Map<string, Advisory[]>()
  const left = [...packages]
  const work = async () => {
    for (let each = left.shift(); each; each = left.shift()) {
      if (await isYanked(wire, each)) found.set(`${each.name}@${each.version}`, [yanked])
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return found
}

async function isYanked(
  wire: Pick<Wire, "answer">,
  { name, version }: { name: string; version: string },
): Promise<boolean> {
  const served = await wire.answer(`/${indexPath(name)}`, "")
  if (!served || !("bytes" in served)) throw new Refusal(404, `There is no package ${name}.`)
  const lines = Buffer.from(served.bytes).toString("utf8").trim().split("\n")
  // We wrote these lines ourselves, from what the index said.
  const releases: { vers: string; yanked: boolean }[] = lines.map((line) => JSON.parse(line))
  return releases.some(({ vers, yanked }) => vers === version && yanked)
}
