import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { expect } from "vitest"
import { bedTest, exported, printed } from "../bed-test.ts"

bedTest("observability", "a real Prometheus comes up, answers a query and goes", async (world) => {
  const env = { OBSERVE_BIN: join(world.cache, "bin") }
  const observe = (verb: string) => printed([join(world.bed, "observe"), verb, world.dir], env)
  try {
    observe("up")
    const { PROMETHEUS_URL } = exported(observe("env"))
    const query = `${PROMETHEUS_URL}/api/v1/query?query=vector(1)`
    const answer = await eventually(() => fetch(query))
    expect(await answer.json()).toMatchObject({
      status: "success",
      data: { result: [{ value: [expect.any(Number), "1"] }] },
    })
  } finally {
    observe("down")
  }
})

async function eventually(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await ask().catch(() => undefined)
    if (answer?.ok) return answer
    if (tries >= 200) throw new Error(`no answer; the last status was ${answer?.status}`)
    await sleep(100)
  }
}
