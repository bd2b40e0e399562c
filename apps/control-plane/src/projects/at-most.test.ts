import { expect, test } from "vitest"
import { atMost } from "./at-most.ts"

test("one action too many is refused at once; an ended one, also a failed one, makes room", async () => {
  const one = atMost(1, () => new Error("too many"))
  const first = Promise.withResolvers<string>()
  const running = one(() => first.promise)
  await expect(one(async () => "second")).rejects.toThrow("too many")
  first.reject(new Error("failed"))
  await expect(running).rejects.toThrow("failed")
  expect(await one(async () => "third")).toBe("third")
})
