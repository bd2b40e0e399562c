import { createHash } from "node:crypto"
import { realpath } from "node:fs/promises"
import { findCgroups } from "@vibecaas/kernel/control-groups"
import { fault } from "@vibecaas/kernel/fault"
import { tryLock } from "@vibecaas/kernel/name-lock"
import { kernelBootId } from "@vibecaas/kernel/processes"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { makeTurns } from "@vibecaas/kernel/turns"
import type { ReachableBackend } from "../../reachable.ts"
import { makeSharedHooks } from "../shared-hooks.ts"
import { mariadbDatastore } from "./clusters/mariadb.ts"
import { postgresDatastore } from "./clusters/postgres.ts"
import type { Local } from "./local.ts"
import { type LocalOptions, type Settings, settingsOf } from "./options.ts"
import { loadRecord, storeIdsOnDisk } from "./record.ts"
import { forgetProcesses } from "./record-for.ts"
import { startedByRoot } from "./root.ts"
import { sqliteDatastore } from "./sqlite.ts"
import { type Staged, stage } from "./stage.ts"
import { makeStarts } from "./starts.ts"
import { makeUids, type Uids } from "./uids.ts"
import { makeVerbs } from "./verbs.ts"
import { chooseWall } from "./wall.ts"

/**
 * Stores as processes of this host, walled off as well as it allows. What an earlier backend has started
 * and what still runs is adopted.
 *
 * @throws Fault `state_dir_in_use`
 */
export async function openLocalBackend(options: LocalOptions): Promise<ReachableBackend> {
  const settings = await prepare(settingsOf(options))
  const lock = await lockState(settings)
  const staged = await stage(`${settings.stateDir}/base`, settings.nodePath)
  const uids = makeUids(settings.uidRange)
  const closing = new AbortController()
  const ears = new Set<(storeId: string) => void>()
  const local: Local = {
    ...{ settings, staged, uids },
    wall: await chooseWall(settings.wall, proofOf(settings, staged)),
    cgroups: await findCgroups(settings.cgroupParent),
    records: new Map(),
    hooks: makeSharedHooks(),
    watched: new WeakSet(),
    making: new Set(),
    starts: makeStarts(settings.startsAtOnce, settings.clock),
    datastores: await makeDatastores(settings, staged),
    inTurn: makeTurns(),
    tell: (storeId) => {
      for (const told of ears) told(storeId)
    },
    closing: closing.signal,
  }
  await adopt(local, uids)
  const hear = (told: (storeId: string) => void) => {
    ears.add(told)
    return () => void ears.delete(told)
  }
  return makeVerbs(local, {
    hear,
    ended: () => {
      closing.abort()
      uids.close()
      lock.release()
    },
  })
}

const makeDatastores = async (settings: Settings, staged: Staged): Promise<Datastores> => ({
  sqlite: sqliteDatastore(settings, staged),
  postgres: await postgresDatastore(settings),
  mariadb: mariadbDatastore(settings),
})

type Datastores = Local["datastores"]

async function prepare(settings: Settings): Promise<Settings> {
  // Passable for the users of stores; listable for nobody else.
  for (const path of [settings.dataRoot, `${settings.dataRoot}/stores`, settings.stateDir]) {
    await makeDirectory(path, 0o711)
  }
  await makeDirectory(`${settings.dataRoot}/backups`, 0o711)
  await makeDirectory(`${settings.stateDir}/s`, 0o711)
  const [dataRoot, stateDir] = [settings.dataRoot, settings.stateDir]
  return { ...settings, dataRoot: await realpath(dataRoot), stateDir: await realpath(stateDir) }
}

/** Two backends on one folder would start every store twice. */
async function lockState({ stateDir }: Settings) {
  const name = createHash("sha256").update(stateDir).digest("hex").slice(0, 32)
  const lock = await tryLock(`vibecaas-stores-${name}`)
  if (lock) return lock
  throw fault("state_dir_in_use", {
    say: "The platform is already running with this data directory.",
    note: stateDir,
  })
}

function proofOf(settings: Settings, { etcDir }: Staged) {
  const inside = {
    ...{ readOnly: [], writable: [], cwd: "/", network: false },
    ...{ processesMax: 64, fileMiB: 1, etcDir },
  }
  return { inside, uid: startedByRoot() ? settings.uidRange.first : undefined }
}

/** Reads what is on disk, and takes the users of the stores again before anybody else gets them. */
async function adopt(local: Local, uids: Uids): Promise<void> {
  const bootId = await kernelBootId()
  for (const id of await storeIdsOnDisk(local.settings)) {
    const record = await loadRecord(local.settings, id)
    if (!record) continue
    if (record.bootId !== bootId) forgetProcesses(record, bootId)
    if (record.uid !== undefined) {
      const uid = await uids.claim(record.uid)
      // Somebody else's by now: its folders are given to the new one by the next `ensure`.
      if (uid !== undefined) record.uid = uid
    }
    local.records.set(id, record)
  }
}
