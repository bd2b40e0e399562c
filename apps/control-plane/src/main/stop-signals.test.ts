import { EventEmitter } from "node:events"
import { expect, test } from "vitest"
import { listenForStop } from "./stop-signals.ts"

/** A process that only notes how it would have ended. */
function fakeProcess() {
  const happened: string[] = []
  const host = Object.assign(new EventEmitter(), {
    exit: (code: number) => void happened.push(`exit ${code}`),
  })
  const stopper = listenForStop(() => happened.push("told"), host)
  return { host, stopper, happened }
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"])("%s once asks for an orderly end", async (signal) => {
  const { host, stopper, happened } = fakeProcess()
  stopper.onHurry(() => happened.push("hurried"))
  host.emit(signal)
  expect(await stopper.asked).toBe("asked")
  expect(happened).toEqual(["told"])
})

test("the second signal ends what is left and the process, whichever came first", () => {
  const { host, stopper, happened } = fakeProcess()
  stopper.onHurry(() => happened.push("hurried"))
  host.emit("SIGTERM")
  host.emit("SIGINT")
  expect(happened).toEqual(["told", "hurried", "exit 130"])
})

test("two signals before anything runs end the process too", () => {
  const { host, happened } = fakeProcess()
  host.emit("SIGINT")
  host.emit("SIGINT")
  expect(happened).toEqual(["told", "exit 130"])
})
