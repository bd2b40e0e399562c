import { describe, expect } from "vitest"
import type { Suite } from "./context.suite.ts"

/** What only some drivers can do. */
export function abilityFacts({ boot, factOf, guestOf, orderOf }: Suite): void {
  const kept = async (guest: Awaited<ReturnType<typeof guestOf>>) =>
    String(await guest.readFile("/data/kept", 100))

  describe("abilities", () => {
    factOf(
      "a paused machine does nothing until it is resumed, and then goes on",
      (driver) => driver.pausing,
      async ({ pause, resume }) => {
        const { order, guest } = await boot()
        await pause(order.id)
        const answer = guest.exec(["echo", "awake"])
        const early = new Promise((resolve) => setTimeout(resolve, 300, "asleep"))
        expect(await Promise.race([answer, early])).toBe("asleep")
        await resume(order.id)
        expect(String((await answer).stdout)).toBe("awake\n")
      },
    )

    factOf(
      "a machine restored from a snapshot has the data of that moment",
      (driver) => driver.snapshots,
      async (snapshots) => {
        const { order, guest } = await boot()
        const write = (text: string) =>
          guest.writeFiles([{ path: "/data/kept", content: Buffer.from(text) }])
        await write("then")
        await snapshots.take(order.id, "one")
        await write("later")
        expect(await snapshots.list()).toEqual(["one"])
        const restored = await guestOf(await snapshots.restore("one", orderOf()))
        expect([await kept(restored), await kept(guest)]).toEqual(["then", "later"])
        await snapshots.remove("one")
        expect(await snapshots.list()).toEqual([])
      },
    )

    factOf(
      "a clone begins with its origin's data and shares nothing with it afterwards",
      (driver) => driver.clone,
      async (clone) => {
        const { order, guest } = await boot()
        await guest.writeFiles([{ path: "/data/kept", content: Buffer.from("both") }])
        const other = await guestOf(await clone(order.id, orderOf()))
        expect(await kept(other)).toBe("both")
        await other.writeFiles([{ path: "/data/kept", content: Buffer.from("clone's") }])
        expect(await kept(guest)).toBe("both")
      },
    )
  })
}
