import type { IdOf } from "@vibecaas/contract/kinds"
import type { Ctx } from "../core/ctx.ts"
import { listGiven, listGivenValues } from "./queries.ts"
import { openGiven } from "./seal-value.ts"
import type { SealParts } from "./secrets-parts.ts"

/** Takes values of secrets out of a text. */
export type Mask = (text: string) => string

/** Shorter ones stand in too many texts by chance. */
const shortest = 6

/**
 * What an app writes can hold what it was given. Of all versions that are kept, nothing is told: neither as it
 * is, nor as programs usually write it.
 */
export async function maskFor(
  ctx: Ctx,
  { masterKey }: SealParts,
  projectId: IdOf<"project">,
): Promise<Mask> {
  const sealed = await listGivenValues(ctx.db, projectId)
  if (sealed.length === 0) return (text) => text
  const names = new Map((await listGiven(ctx.db, projectId)).map(({ id, name }) => [id, name]))
  const pairs = sealed.flatMap((each) => {
    const shown = `[secret ${names.get(each.secretId) ?? ""}]`
    return formsOf(openGiven(masterKey, each)).map((form) => [form, shown] as const)
  })
  return maskOf(pairs)
}

/** Longer ones first: one can be a part of another. */
export function maskOf(pairs: readonly (readonly [form: string, shown: string])[]): Mask {
  const sorted = pairs.toSorted(([a], [b]) => b.length - a.length)
  return (text) => sorted.reduce((rest, [form, shown]) => rest.replaceAll(form, shown), text)
}

/** A value as it is, by lines, and as it stands in JSON, addresses and base 64. */
export function formsOf(value: string): string[] {
  const lines = value.includes("\n") ? value.split("\n").filter((line) => line.length > 20) : []
  const forms = [
    ...[value, value.trim(), JSON.stringify(value).slice(1, -1), encodeURIComponent(value)],
    ...[Buffer.from(value).toString("base64"), Buffer.from(value).toString("base64url")],
    ...lines.filter((line) => !line.startsWith("-----")),
  ]
  return [...new Set(forms)].filter((form) => form.length >= shortest)
}
