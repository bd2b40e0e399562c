import { lstat } from "node:fs/promises"
import type { Datastore } from "./datastore.ts"
import { placesOf } from "./layout.ts"
import type { Settings } from "./options.ts"
import { bytesIn, toMiB } from "./seen.ts"
import type { Staged } from "./stage.ts"

/**
 * A database in a file of the store's own: nothing to start and nobody to ask. Only the store's user opens
 * the file, also for copies: a database can be made to do things to who reads it.
 */
export function sqliteDatastore(settings: Settings, staged: Staged): Datastore {
  const folderOf = (storeId: string) => placesOf(settings, storeId).data
  const fileOf = (storeId: string) => `${folderOf(storeId)}/store.sqlite`
  const isThere = async (path: string) => (await lstat(path).catch(() => undefined)) !== undefined
  const copy = async (from: string, to: string) => {
    const program = await staged.program(`${import.meta.dirname}/program`)
    const argv = [staged.nodePath, "--disable-warning=ExperimentalWarning"]
    return {
      argv: [...argv, `${program}/copy-sqlite.ts`, from, to],
      readOnly: [program],
      timeoutMs: 600_000,
    }
  }
  return {
    kind: "sqlite",
    sees: [],
    lacks: async () => undefined,
    connection: (storeId) => ({ kind: "sqlite", file: fileOf(storeId) }),
    // The folder is made with the store's place; tables are for the engine's hook.
    ensure: async () => {},
    wake: async () => {},
    state: async (storeId) => ((await isThere(fileOf(storeId))) ? "ready" : "absent"),
    size: async (storeId) => toMiB(await bytesIn(folderOf(storeId))),
    async dump({ storeId }, { file, run }) {
      await run({ ...(await copy(fileOf(storeId), "-")), stdoutFile: file })
      return `Node's SQLite ${process.versions.sqlite ?? ""}`.trim()
    },
    async load({ storeId }, { file, run }) {
      await run({ ...(await copy("-", fileOf(storeId))), stdinFile: file })
    },
    // Goes with the store's folders.
    drop: async () => {},
    leftovers: async () => [],
    list: async () => [],
    close: async () => {},
  }
}
