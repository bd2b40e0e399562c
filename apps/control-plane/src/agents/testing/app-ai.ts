import { type Ai, type AiOptions, makeAi } from "../../ai/index.ts"
import { testVault } from "../../secrets/testing/test-vault.ts"
import { projectMonth } from "../project-month.ts"

/** Whether apps may ask models, of a platform that has none and whose machines have no doors. */
export function appAi(parts: Pick<AiOptions, "scope" | "clock" | "newId" | "log">): Ai {
  const { scope, clock, newId, log } = parts
  return makeAi({
    ...{ scope, clock, newId, log, vault: testVault, month: projectMonth },
    models: {
      ...{ line: () => [], choices: () => ["offline"] },
      failure: () => ({ say: "Nobody answers.", retryable: false }),
    },
    limiter: { take: () => ({ allowed: true, resetSeconds: 0 }) },
    live: { onOpen: () => {} },
    listener: { on: () => {}, onState: () => {} },
  })
}
