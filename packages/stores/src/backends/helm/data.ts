import { createReadStream, createWriteStream } from "node:fs"
import type { Backup, BackupRef, StoreSeen } from "../../backend.ts"
import {
  backupDir,
  checkFits,
  dumpName,
  filesName,
  makeBackup,
} from "../../backups/keep-backups.ts"
import type { Release } from "../../release.ts"
import { ensureStore } from "./ensure.ts"
import { inPod } from "./place.ts"
import { noteData } from "./place-store.ts"
import { runInPod } from "./pod-exec.ts"
import { type Running, spaceOf } from "./running.ts"
import { endWork, podWhen, startWork } from "./works.ts"

const [comingUpMs, archiveMs] = [180_000, 30 * 60_000]

type Tool = (of: { argv: readonly string[]; from?: string; to?: string }) => Promise<void>

const node = [inPod.nodePath, "--disable-warning=ExperimentalWarning"]
const work = "tool"

/** A pod on the store's data, in which small programs run; it goes with the work. */
async function withTools<T>(
  running: Running,
  release: Release,
  action: (run: Tool) => Promise<T>,
): Promise<T> {
  const namespace = spaceOf(running, release.storeId)
  const { cluster, settings } = running
  // A pod of an earlier backend may be at anything: a new one begins.
  await endWork(running, namespace, work)
  const wait = [...node, "--eval", "setInterval(() => {}, 1e6)"]
  try {
    const seconds = (archiveMs * 2) / 1000
    await startWork(running, release, { name: work, key: "0", argv: wait, env: {}, seconds })
    const pod = await podWhen(running, { namespace, work, ms: comingUpMs }, ({ status }) =>
      Boolean(status?.containerStatuses?.[0]?.state?.running),
    )
    const name = pod?.metadata?.name ?? ""
    return await action(({ argv, from, to }) =>
      runInPod(
        { cluster, clock: settings.clock },
        {
          ...{ pod: { namespace, name, container: "work" }, argv, timeoutMs: archiveMs },
          ...(from === undefined ? {} : { input: createReadStream(from) }),
          ...(to === undefined ? {} : { output: createWriteStream(to, { mode: 0o600 }) }),
        },
      ),
    )
  } finally {
    await endWork(running, namespace, work)
  }
}

/** Writes a store's dump and its files to this host, where backups of every backend lie. */
export function backUp(running: Running, release: Release, backupId: string): Promise<Backup> {
  const { storeId, engine, version } = release
  return makeBackup(running, { storeId, engine, version, backupId }, (folder) =>
    withTools(running, release, async (run) => {
      const argv = [...node, inPod.copySqlite, inPod.database, "-"]
      await run({ argv, to: `${folder}/${dumpName}` })
      const pack = ["tar", "--create", "--file=-", `--directory=${inPod.files}`, "."]
      await run({ argv: pack, to: `${folder}/${filesName}` })
      return "Node's SQLite"
    }),
  )
}

const emptied =
  "const fs = require('node:fs'); for (const name of fs.readdirSync(process.argv[1])) fs.rmSync(process.argv[1] + '/' + name, { recursive: true, force: true })"

/** Puts a backup in the place of what the store has. @throws Fault `invalid` before anything changed */
export async function restore(
  running: Running,
  release: Release,
  ref: BackupRef,
): Promise<StoreSeen> {
  await checkFits(running, ref, release)
  await ensureStore(running, release, { processes: "stopped" })
  const dir = backupDir(running.settings, ref)
  await withTools(running, release, async (run) => {
    const argv = [...node, inPod.copySqlite, "-", inPod.database]
    await run({ argv, from: `${dir}/${dumpName}` })
    await run({ argv: [inPod.nodePath, "--eval", emptied, inPod.files] })
    const unpack = ["tar", "--extract", "--file=-", "--no-same-owner", `--directory=${inPod.files}`]
    await run({ argv: unpack, from: `${dir}/${filesName}` })
  })
  await noteData(running, release.storeId)
  return ensureStore(running, release, { processes: "stopped" })
}
