import { expect, test } from "vitest"
import { makeHealth } from "./health.ts"
import { recordingLog } from "./testing/recording-log.ts"

test("an outage is told once when it begins and once when it is over, also if it flickers", async () => {
  const { log, lines } = recordingLog()
  const health = makeHealth(log)
  const looks = (answer: "fails" | "works", times: number) =>
    Promise.all(
      Array.from({ length: times }, () =>
        health.watch(async () => {
          if (answer === "fails") throw new Error("connection refused")
        }),
      ),
    )
  await looks("works", 3)
  expect(lines).toEqual([])
  await looks("fails", 2)
  await looks("works", 5)
  await looks("fails", 1)
  expect(lines).toEqual(["error: The loops cannot reach their rows; they wait for them."])
  await looks("works", 20)
  expect(lines.slice(1)).toEqual(["info: The loops reach their rows again."])
})
