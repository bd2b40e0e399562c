import { type Ai, type AiOptions, makeAi } from "../../ai/index.ts"
import { testMasterKey } from "../../db/testing/seed.ts"
import { projectMonth } from "../project-month.ts"

/** Whether apps may ask models, of a platform that has none and whose machines have no doors. */
export function appAi(parts: Pick<AiOptions, "scope" | "clock" | "newId" | "log">): Ai {
  const { scope, clock, newId, log } = parts
  return makeAi({
    ...{ scope, clock, newId, log, masterKey: testMasterKey, month: projectMonth },
    models: {
      ...{ line: () => [], choices: () => ["offline"] },
      failure: () => ({ say: "Nobody answers.", retryable: false }),
    },
    limiter: { take: () => ({ allowed: true, resetSeconds: 0 }) },
    live: { onOpen: () => {} },
    listener: { on: () => {}, onState: () => {} },
  })
}
