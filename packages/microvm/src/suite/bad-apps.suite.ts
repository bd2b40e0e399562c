import { describe, expect } from "vitest"
import type { Guest } from "../guest-client.ts"
import type { Vm } from "../port.ts"
import { mebibyte, patient, type Suite } from "./context.suite.ts"

/** Apps that do not. */
export function badAppFacts({ boot, fact }: Suite): void {
  describe("a bad app", () => {
    const startShell = async (guest: Guest, vm: Vm, script: string) => {
      const port = vm.caps.network ? await guest.freePort() : 8080
      await guest.startApp({ argv: ["sh", "-c", script], cwd: "/workspace", env: {}, port })
    }

    fact("an app that never listens stays starting; one that exits says how", async () => {
      const { guest, vm } = await boot()
      expect(await guest.appStatus()).toEqual({ state: "none", outputBytes: 0 })
      await startShell(guest, vm, "sleep 100")
      expect(await guest.appStatus()).toMatchObject({ state: "starting" })
      await startShell(guest, vm, "echo broken; exit 7")
      await expect
        .poll(() => guest.appStatus(), patient)
        .toMatchObject({
          state: "exited",
          exitCode: 7,
        })
      expect(await guest.appLog({ tailBytes: 1000 })).toContain("broken")
    })

    fact(
      "the log tells where each start began, and gives the newest start's lines alone",
      async () => {
        const before = Date.now()
        const { guest, vm } = await boot()
        const ended = () =>
          expect.poll(() => guest.appStatus(), patient).toMatchObject({ state: "exited" })
        await startShell(guest, vm, "printf 'first words'; exit 1")
        await ended()
        await startShell(guest, vm, "echo second words >&2; exit 2")
        await ended()
        const newest = await guest.appLog({ tailBytes: 1000, newestStart: true })
        expect(newest).toBe("second words\n")
        const whole = await guest.appLog({ tailBytes: 1000 })
        expect(whole.replaceAll(/at [\dT:.-]+Z/g, "at …").split("\n")).toEqual([
          ...["[started at …]", "first words", "[started at …]", "second words", ""],
        ])
        expect((await guest.appStatus()).outputBytes).toBe("first wordssecond words\n".length)
        const timed = await guest.timedAppLog({ tailBytes: 1000 })
        expect(timed.text).toBe(whole)
        const times = [before, ...timed.times.map(Number), Date.now()]
        expect(times).toHaveLength(4 + 2)
        expect(times).toEqual(times.toSorted((one, other) => one - other))
      },
    )

    fact("an app that prints 200 MB costs little", async () => {
      const { guest, vm } = await boot()
      await startShell(
        guest,
        vm,
        "yes 0123456789012345678901234567890 | head -c 200000000; echo end",
      )
      await expect.poll(() => guest.appStatus(), patient).toMatchObject({ state: "exited" })
      expect((await guest.appStatus()).outputBytes).toBe(200_000_004)
      const tail = await guest.appLog({ tailBytes: 100 * mebibyte })
      expect(tail.length).toBe(mebibyte)
      expect(tail.endsWith("end\n")).toBe(true)
    })

    fact("a fork bomb stays in its machine and can be stopped", async () => {
      const { guest, vm } = await boot()
      const { guest: other } = await boot()
      await startShell(guest, vm, "bomb() { bomb | bomb & }; bomb; sleep 100")
      await expect.poll(async () => (await other.exec(["true"])).exitCode, patient).toBe(0)
      await guest.stopApp()
      await expect
        .poll(async () => (await guest.exec(["true"]).catch(() => undefined))?.exitCode, patient)
        .toBe(0)
    })

    fact("an app that fills the disk is stopped until there is room", async () => {
      const { guest, vm } = await boot({ diskMiB: 8 })
      const fill = "for i in 1 2 3; do head -c 3500000 /dev/zero > $DATA_DIR/$i; done; sleep 100"
      await startShell(guest, vm, fill)
      await expect
        .poll(() => guest.appStatus(), patient)
        .toMatchObject({
          state: "exited",
          reason: "disk_full",
        })
      await expect(startShell(guest, vm, "sleep 100")).rejects.toMatchObject({
        code: "disk_full",
      })
      await guest.remove(["/data/1", "/data/2", "/data/3"])
      await expect
        .poll(() => startShell(guest, vm, "sleep 100").then(() => "started", String), patient)
        .toBe("started")
    })

    fact("a machine whose disk keeps filling is ended; its data stay", async () => {
      const { vm, guest } = await boot({ diskMiB: 4 })
      const fill = "for i in 1 2 3 4; do head -c 2500000 /dev/zero > $DATA_DIR/$i; done; sleep 100"
      void guest.exec(["sh", "-c", fill]).catch(() => "the machine went away")
      await expect.poll(() => vm.alive(), patient).toBe(false)
    })

    fact("an app that eats memory dies, not its neighbours", async () => {
      const { guest, vm } = await boot({ memoryMiB: 128 })
      const { guest: other } = await boot()
      await startShell(guest, vm, "node -e 'a=[];for(;;)a.push(Buffer.alloc(1e7,1))'")
      await expect
        .poll(async () => (await guest.appStatus().catch(() => undefined))?.state, patient)
        .not.toBe("starting")
      expect((await other.exec(["true"])).exitCode).toBe(0)
    })
  })
}
