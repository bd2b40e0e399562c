import { createHash } from "node:crypto"
import type { Starter as Shown, StarterSummary } from "@vibecaas/contract/kinds/starters"
import { type Toolchains, whatLacks } from "@vibecaas/microvm/toolchains"
import { type Starter, seenParameter } from "@vibecaas/starters/starter"
import { isOwn } from "./own-starters.ts"

/** The language that a host must have to run apps of a stack. */
const languages: Record<Starter["stack"], keyof Toolchains> = {
  node: "node",
  react: "node",
  next: "node",
  python: "python",
  go: "go",
}

export function showSummary(starter: Starter, toolchains: Toolchains): StarterSummary {
  const { id, name, summary, category, stack, tags } = starter
  const picture = pictureVersion(starter)
  const language = languages[stack]
  const needs = toolchains[language] === undefined ? whatLacks[language] : null
  return { id, own: isOwn(id), name, summary, category, stack, tags, needs, picture }
}

export function showStarter(starter: Starter, toolchains: Toolchains): Shown {
  return {
    ...showSummary(starter, toolchains),
    description: starter.description,
    ...showChoices(starter),
  }
}

/** What it does and what can be chosen of it. */
export const showChoices = ({
  includes,
  parameters,
}: Starter): Pick<Shown, "includes" | "parameters"> => ({
  includes: includes.map(({ id, says }) => ({ id, says })),
  parameters: parameters.map(seenParameter),
})

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
