import { spawn } from "node:child_process"
import { EventEmitter, once } from "node:events"
import { expect, test } from "vitest"
import { endWithUs } from "./end-with-us.ts"

const sleeper = () => spawn("sleep", ["100"], { stdio: "ignore" })

test("a child ends with us, and one that ended before is not waited for any more", async () => {
  const us = new EventEmitter()
  const [first, second] = [sleeper(), sleeper()]
  for (const child of [first, second]) endWithUs(child, us)
  expect(us.listenerCount("exit")).toBe(2)
  first.kill("SIGKILL")
  await once(first, "exit")
  expect(us.listenerCount("exit")).toBe(1)
  us.emit("exit")
  expect(await once(second, "exit")).toEqual([null, "SIGTERM"])
  expect(us.listenerCount("exit")).toBe(0)
})
