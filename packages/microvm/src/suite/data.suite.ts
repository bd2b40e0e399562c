import { Readable } from "node:stream"
import { buffer } from "node:stream/consumers"
import { describe, expect } from "vitest"
import type { Guest } from "../guest-client.ts"
import { mebibyte, patient, type Suite } from "./context.suite.ts"

/** A machine's data, taken out and put into another machine. */
export function dataFacts({ boot, fact }: Suite): void {
  describe("packed data", () => {
    const sh = async (guest: Guest, script: string) => {
      const { exitCode, stdout, stderr } = await guest.exec(["sh", "-c", script], { cwd: "/data" })
      expect(stderr.toString()).toBe("")
      expect(exitCode).toBe(0)
      return stdout.toString()
    }

    fact("data of one machine replace those of another, with modes and links", async () => {
      const [from, to] = [(await boot()).guest, (await boot()).guest]
      await sh(
        from,
        "mkdir -p a/b && echo one > a/b/one && chmod 600 a/b/one && ln -s a/b/one link",
      )
      await sh(from, `head -c ${5 * mebibyte} /dev/urandom > large`)
      await sh(to, "echo old > old && mkdir -p a && echo old > a/old")
      await to.unpack("/data", from.pack("/data"))
      const list =
        "find . -mindepth 1 | sort | xargs stat -c '%N %a %F' && cat link && cksum < large"
      expect(await sh(to, list)).toBe(await sh(from, list))
    })

    fact("an app stands still while its data are packed, and goes on afterwards", async () => {
      const { guest, vm } = await boot()
      const to = (await boot()).guest
      const port = vm.caps.network ? await guest.freePort() : 8080
      const content = Buffer.from(pairWriter)
      await guest.writeFiles([{ path: "/workspace/pairs.mjs", content }])
      await guest.startApp({ argv: ["node", "pairs.mjs"], cwd: "/workspace", env: {}, port })
      const count = async (of: Guest) => Number(await sh(of, "cat left 2>/dev/null || echo 0"))
      await expect.poll(() => count(guest), patient).toBeGreaterThan(10)
      // Large enough that the app would write many times meanwhile.
      await sh(guest, `head -c ${20 * mebibyte} /dev/zero > 0-first`)
      await to.unpack("/data", guest.pack("/data"))
      const [left, right] = [await sh(to, "cat left"), await sh(to, "cat right")]
      expect(Number(left) - Number(right)).toBeLessThanOrEqual(1)
      const then = await count(guest)
      await expect.poll(() => count(guest), patient).toBeGreaterThan(then)
      expect(await guest.appStatus()).toMatchObject({ state: "starting" })
    })

    fact("what does not fit leaves a clear fault", async () => {
      const from = (await boot({ diskMiB: 64 })).guest
      await expect(
        from.unpack("/data", Readable.from([Buffer.from("no archive")])),
      ).rejects.toThrow("The machine could not do that.")
      await expect(buffer(from.pack("/data/none"))).rejects.toMatchObject({ code: "not_found" })
      await expect(buffer(from.pack("/etc"))).rejects.toMatchObject({ code: "outside" })
      expect((await buffer(from.pack("/data"))).length).toBeGreaterThan(0)
    })
  })
}

/** Writes the same number to two files, one after the other, as fast as it can. */
const pairWriter = `
import { writeFileSync, renameSync } from "node:fs"
import { join } from "node:path"
const put = (name, n) => {
  const path = join(process.env.DATA_DIR, name)
  writeFileSync(path + ".new", String(n))
  renameSync(path + ".new", path)
}
let n = 0
setInterval(() => { n++; put("left", n); put("right", n) }, 1)
`
