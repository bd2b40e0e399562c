import { createHash } from "node:crypto"
import type { Starter as Shown, StarterSummary } from "@vibecaas/contract/kinds/starters"
import type { StarterParameter } from "@vibecaas/contract/starter-form"
import type { Starter } from "@vibecaas/starters/starter"
import { isOwn } from "./own-starters.ts"

export function showSummary(starter: Starter): StarterSummary {
  const { id, name, summary, category, stack, tags } = starter
  const picture = pictureVersion(starter)
  return { id, own: isOwn(id), name, summary, category, stack, tags, picture }
}

export function showStarter(starter: Starter): Shown {
  return {
    ...showSummary(starter),
    description: starter.description,
    includes: starter.includes.map(({ id, says }) => ({ id, says })),
    parameters: starter.parameters.map(withoutWords),
  }
}

/** The words by which prompts announce a value are nothing to show. */
function withoutWords({ words: _, ...parameter }: Starter["parameters"][number]): StarterParameter {
  return parameter
}

const versions = new WeakMap<Starter, string | null>()

/** Another one when the pictures are others; null while there are none. */
export function pictureVersion(starter: Starter): string | null {
  const kept = versions.get(starter)
  if (kept !== undefined) return kept
  const { light, dark } = starter.pictures
  const version =
    light && dark
      ? createHash("sha256").update(light).update(dark).digest("hex").slice(0, 16)
      : null
  versions.set(starter, version)
  return version
}
