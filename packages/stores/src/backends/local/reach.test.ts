import { run } from "@vibecaas/kernel/spawn"
import { expect, test } from "vitest"
import { simulatorEngine } from "../../engines/simulator/engine.ts"
import { anyEngine } from "../../engines.ts"
import { bringUp } from "../../suite/bring-up.suite.ts"
import { releaseFor, type StoreWorld } from "../../suite/world.suite.ts"
import { localWorld } from "./testing/local-world.ts"

const [server, stranger] = [231_900, 231_901].map((id) => ({ uid: id, gid: id }))
const dial = `require("node:net").connect(process.argv[1]).on("connect", () => process.exit(0)).on("error", () => process.exit(9))`

test.skipIf(process.getuid?.() !== 0)(
  "the server's account may connect to a store and read its backups; no other account may",
  async (context) => {
    const local = await localWorld({ ...(server ? { owner: server } : {}) })
    try {
      const nothing = () => Promise.reject(new Error("nothing is done behind its back"))
      const world: StoreWorld = {
        ...{ backend: local.backend, engine: anyEngine(simulatorEngine), values: {} },
        ...{ versions: { from: "1.0.0", to: "2.0.0" }, close: nothing },
        ...{ crash: nothing, killShop: nothing, damage: nothing, leftovers: nothing },
      }
      const release = await bringUp(world, releaseFor(world))
      const listen = await local.backend.reach(release.storeId, "shop")
      const socket = "socket" in listen ? listen.socket : ""
      const tryAs = async (account: typeof server, argv: string[]) =>
        (await run(argv[0] ?? "", argv.slice(1), { cwd: "/", env: {}, ...account })).exitCode
      const connecting = [process.execPath, "-e", dial, socket]
      if ((await tryAs(stranger, [process.execPath, "-v"]).catch(() => 1)) !== 0) {
        return context.skip("another user cannot run this Node")
      }
      expect(await tryAs(server, connecting)).toBe(0)
      expect(await tryAs(stranger, connecting)).toBe(9)

      const backup = await local.backend.backup(release, "mine")
      const folder = await local.backend.reachBackup(backup)
      const reading = ["/bin/cat", `${folder}/manifest.json`]
      expect(await tryAs(server, reading)).toBe(0)
      expect(await tryAs(stranger, reading)).toBe(1)
      const data = ["/bin/ls", `${local.options.dataRoot}/stores/${release.storeId}/data`]
      for (const account of [server, stranger]) expect(await tryAs(account, data)).toBe(2)
    } finally {
      await local.close()
    }
  },
)
