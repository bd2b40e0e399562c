import type { ChosenStarter } from "@vibecaas/contract/kinds/starters"
import { isFault } from "@vibecaas/kernel/fault"
import { valuesOf } from "@vibecaas/starters/files-of"
import type { Starter } from "@vibecaas/starters/starter"
import type { Ctx } from "../core/ctx.ts"
import { type Catalogue, notOffered } from "./catalogue.ts"
import { isOwn, needOwn } from "./own-starters.ts"

/**
 * What somebody chose, of the platform or their organization, with values that fit.
 *
 * @throws Fault `invalid` that names what is wrong, at `/starter/…`
 */
export async function chooseStarter(
  ctx: Ctx,
  catalogue: Catalogue,
  chosen: ChosenStarter,
): Promise<Starter> {
  const { id, parameters } = chosen
  if (!isOwn(id)) return catalogue.check(chosen)
  const starter = await needOwn(ctx, id).catch((error: unknown) => {
    if (isFault(error, "not_found")) notOffered(id)
    throw error
  })
  valuesOf(starter, parameters)
  return starter
}
