import { Readable } from "node:stream"
import { buffer as bytesOf } from "node:stream/consumers"
import { gzipSync } from "node:zlib"
import { expect } from "vitest"
import { readOrders } from "../probe-store.ts"
import { bringUp, proveOrder, restore } from "./bring-up.suite.ts"
import { probing, releaseFor, type StoreSuite } from "./world.suite.ts"

export function backupFacts({ world, fact }: StoreSuite): void {
  fact("a backup becomes a store of its own, with keys of its own", async () => {
    const { backend } = world()
    const first = await bringUp(world(), releaseFor(world()))
    await proveOrder(world(), first, "copied")
    const backup = await backend.backup(first, "copy")
    expect(await backend.backup(first, "copy")).toEqual(backup)
    expect(await backend.backups(first.storeId)).toEqual([backup])
    const second = await restore(world(), releaseFor(world()), backup)
    expect(await readOrders(probing(world(), second), 5)).toMatchObject({
      orders: [{ probe: true }],
    })
    const keys = { ...second, secrets: first.secrets }
    expect(await readOrders(probing(world(), keys), 5)).toHaveProperty("failed")
    await proveOrder(world(), second, "own")
    for (const { storeId } of [first, second]) expect(await backend.destroy(storeId)).toEqual([])
    await backend.removeBackup(backup)
    expect(await backend.backups(first.storeId)).toEqual([])
  })

  fact("a backup outlives its store and can be taken away as one archive", async () => {
    const { backend } = world()
    const release = await bringUp(world(), releaseFor(world()))
    const backup = await backend.backup(release, "last")
    expect(await backend.destroy(release.storeId)).toEqual([])
    expect(await backend.backups(release.storeId)).toEqual([backup])
    let bytes = 0
    for await (const part of await backend.readBackup(backup)) bytes += part.length
    expect(bytes).toBeGreaterThan(backup.bytes)
    await backend.removeBackup(backup)
  })

  fact(
    "an archive that was taken away becomes a backup again, of any store; a damaged one is none",
    async () => {
      const { backend } = world()
      const release = await bringUp(world(), releaseFor(world()))
      await proveOrder(world(), release, "brought")
      const backup = await backend.backup(release, "taken")
      const archive = await bytesOf(await backend.readBackup(backup))
      expect(await backend.destroy(release.storeId)).toEqual([])
      const ref = { storeId: releaseFor(world()).storeId, backupId: "brought" }
      const bring = (bytes: Buffer) => backend.writeBackup(ref, Readable.from([bytes]))
      const dump = archive.indexOf("database.dump") + 600
      for (const bad of [
        Buffer.concat([archive.subarray(0, dump), Buffer.from("!"), archive.subarray(dump + 1)]),
        archive.subarray(0, archive.length / 2),
        Buffer.from("hello"),
        Buffer.alloc(0),
        gzipSync(archive),
      ]) {
        await expect(bring(bad)).rejects.toMatchObject({ code: "invalid" })
        expect(await backend.backups(ref.storeId)).toEqual([])
      }
      const brought = await bring(archive)
      expect(brought).toEqual({ ...backup, ...ref })
      expect(await bring(archive)).toEqual(brought)
      const second = await restore(world(), releaseFor(world()), brought)
      expect(await readOrders(probing(world(), second), 5)).toMatchObject({
        orders: [{ probe: true }],
      })
      expect(await backend.destroy(second.storeId)).toEqual([])
      for (const each of [backup, brought]) await backend.removeBackup(each)
    },
  )

  fact("a damaged backup, and one of another version, change nothing", async () => {
    const { backend, versions } = world()
    const release = await bringUp(world(), releaseFor(world()))
    const backup = await backend.backup(release, "damaged")
    const foreign = { ...release, version: versions.to }
    await expect(backend.restore(foreign, backup)).rejects.toMatchObject({ code: "invalid" })
    await world().damage(release.storeId, "damaged")
    await expect(backend.restore(release, backup)).rejects.toMatchObject({ code: "invalid" })
    await expect(
      backend.restore(release, { storeId: release.storeId, backupId: "never" }),
    ).rejects.toMatchObject({ code: "invalid" })
    expect(await backend.look(release.storeId)).toMatchObject({ drift: [] })
    await proveOrder(world(), release, "unchanged")
    await backend.destroy(release.storeId)
    await backend.removeBackup(backup)
  })
}
