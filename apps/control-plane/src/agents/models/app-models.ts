import type { AppModel, AppModels } from "../../ai/index.ts"
import { readModelFailure } from "../work/model-failure.ts"
import { costOf, priceOf } from "./cost.ts"
import { lineOf, type ModelEntry, type Models } from "./model.ts"

/** What apps may ask: the models of the installation that answer anything, not only our own agents. */
export function makeAppModels(
  models: Required<Pick<Models, "for" | "choices" | "named">>,
  now: () => Date,
): AppModels {
  return {
    line: (name) =>
      lineOf(name === null ? models.for("ai_feature") : models.named(name))
        .filter(({ trust }) => trust === "untrusted")
        .map(appModel),
    choices: () => models.choices(),
    failure: (error) => readModelFailure(error, now()),
  }
}

function appModel({ model, info }: ModelEntry): AppModel {
  const price = priceOf(info)
  return { model, info, costOf: (used) => (price ? costOf(price, used) : null) }
}
