import { type ChildProcess, spawn } from "node:child_process"
import { lchown, lstat } from "node:fs/promises"
import { addToGroups, type Cgroups } from "@vibecaas/kernel/control-groups"
import { fault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import { findInit, kernelBootId, nameProcess, ownThreads } from "@vibecaas/kernel/processes"
import { systemPath } from "@vibecaas/kernel/programs"
import { makeDirectory } from "@vibecaas/kernel/stage-node"
import { type BoundSocket, bindSocket } from "../../bind-socket.ts"
import { goFolder, languageSettings } from "../../languages.ts"
import type { Caps, VmSpec } from "../../port.ts"
import { capsOf } from "./caps.ts"
import { dataDirOf, prepareDataDir } from "./data-dir.ts"
import { type Settings, startedByRoot } from "./options.ts"
import { filesDirOf, type MachineRecord, machineDir, saveRecord } from "./record.ts"
import { insideLayers, insideNode, insideNpm, insideTools, type SandboxRung } from "./rung.ts"
import type { Staged } from "./stage.ts"
import { machineMark, tearDown } from "./tear-down.ts"
import { type ClaimedUid, claimUid } from "./uids.ts"

/** A machine that runs, as the launcher sees it. */
export interface Machine {
  spec: VmSpec
  caps: Caps
  socketPath: string
  /** directories whose size counts as the machine's disk */
  disk: string[]
  /** one of the driver's words for the agent */
  tell(word: "disk-full" | "disk-fits"): void
  /** resolves when its first process has ended, for whatever reason */
  ended: Promise<void>
  /** ends it and clears everything away but its data; may be called again */
  remove(): Promise<void>
}

export interface MachineParts {
  settings: Settings
  staged: Staged
  cgroups: Cgroups
}

const readyWithinMs = 15_000
/** The command waits for a line: until then it is put into its control groups and recorded. */
const gate = 'read -r go && exec "$@"'

/** Starts a machine on one rung; resolves once its agent listens. @throws Fault `vm_boot_failed` */
export async function startMachine(
  parts: MachineParts,
  rung: SandboxRung,
  spec: VmSpec,
): Promise<Machine> {
  const { settings } = parts
  const record: MachineRecord = { id: spec.id, bootId: await kernelBootId(), groups: [] }
  if (spec.endsAfterMs !== undefined) record.temporary = true
  const claimed = startedByRoot() ? await claimFor(settings, spec) : undefined
  if (claimed) record.uid = claimed.uid
  const remove = once(async () => {
    await tearDown(settings, record)
    claimed?.release()
  })
  try {
    await prepareDirectories(settings, spec, claimed)
    const socketPath = `${machineDir(settings.stateDir, spec.id)}/agent.sock`
    const socket = await bindSocket(socketPath, settings.owner)
    const child = await launch(parts, { rung, spec, record, socket })
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()))
    await becomesReady(settings, child)
    await recordInit(settings, record)
    return {
      spec,
      caps: capsOf(rung, parts.cgroups, startedByRoot()),
      socketPath,
      disk: [
        dataDirOf(settings.dataRoot, spec.id),
        ...(rung.shared ? [filesDirOf(settings.stateDir, spec.id)] : []),
      ],
      tell: (word) => void child.stdin?.write(`${word}\n`),
      ended,
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** One run at most, also later: the id may belong to a new machine by then. A failed run may be repeated. */
function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= action().catch((error) => {
      running = undefined
      throw error
    })
    return running
  }
}

async function claimFor(settings: Settings, spec: VmSpec): Promise<ClaimedUid> {
  const owner = await lstat(dataDirOf(settings.dataRoot, spec.id)).catch(() => undefined)
  return claimUid(settings.uidRange, owner?.uid ?? -1)
}

async function prepareDirectories(settings: Settings, spec: VmSpec, claimed?: ClaimedUid) {
  const { first, count } = settings.uidRange
  const mayTakeFrom = (uid: number) =>
    (uid >= first && uid < first + count) || uid === settings.owner?.uid || uid === 0
  await prepareDataDir(
    settings.dataRoot,
    dataDirOf(settings.dataRoot, spec.id),
    claimed && { uid: claimed.uid, mayTakeFrom },
  )
  const dir = machineDir(settings.stateDir, spec.id)
  await makeDirectory(dir, settings.owner ? 0o750 : 0o700)
  if (settings.owner) await lchown(dir, process.getuid?.() ?? 0, settings.owner.gid)
  const files = filesDirOf(settings.stateDir, spec.id)
  for (const path of [files, `${files}/workspace`, `${files}/tmp`]) {
    await makeDirectory(path, 0o700)
    if (claimed) await lchown(path, claimed.uid, claimed.uid)
  }
}

interface Launch {
  rung: SandboxRung
  spec: VmSpec
  record: MachineRecord
  socket: BoundSocket
}

async function launch(parts: MachineParts, { rung, spec, record, socket }: Launch) {
  const { settings } = parts
  record.groups = await parts.cgroups.make(`vibecaas-${spec.id}`, {
    memoryMiB: spec.memoryMiB,
    cpuCount: spec.cpuCount,
    processesMax: settings.processesMax,
  })
  const child = spawn("/bin/sh", ["-c", gate, "gate", ...(await commandOf(parts, rung, spec))], {
    cwd: "/",
    env: { PATH: systemPath },
    stdio: ["pipe", "pipe", "pipe", socket.fd],
    detached: true,
    ...(record.uid === undefined ? {} : { uid: record.uid, gid: record.uid }),
  })
  await spawned(child)
  child.stdin?.on("error", () => {})
  const name = await nameProcess(child.pid ?? -1)
  if (name) record.process = name
  await saveRecord(settings.stateDir, record)
  await addToGroups(record.groups, child.pid ?? -1)
  socket.handOver()
  child.stdin?.write("go\n")
  return child
}

async function commandOf(parts: MachineParts, rung: SandboxRung, spec: VmSpec): Promise<string[]> {
  const { settings, staged } = parts
  const filesDir = filesDirOf(settings.stateDir, spec.id)
  const dataDir = dataDirOf(settings.dataRoot, spec.id)
  const roots = rung.roots({ filesDir, dataDir })
  const nodeDir = (rung.shared ? staged.nodePath : insideNode).replace(/\/[^/]*$/, "")
  // The kernel counts by user: where the user is ours, what already runs must fit below the limit.
  const others = rung.name === "none" ? await ownThreads() : 0
  return rung.command({
    spec,
    staged,
    filesDir,
    dataDir,
    layersDir: settings.layersDir ?? staged.emptyDir,
    processesMax: settings.processesMax + others,
    agentConfig: {
      roots,
      layers: settings.layersDir === undefined ? null : layersOf(rung, settings.layersDir),
      sharedNetwork: rung.shared,
      ownsUid: rung.name === "uid",
      env: {
        ...languageSettings,
        PATH: `${nodeDir}:${rung.shared ? staged.toolsDir : insideTools}:${systemPath}:${goFolder}`,
        NPM_DIR: rung.shared ? staged.npmDir : insideNpm,
        HOME: roots.tmp,
        TMPDIR: roots.tmp,
        LANG: "C.UTF-8",
        WORKSPACE_DIR: roots.workspace,
        DATA_DIR: roots.data,
        VM_MACHINE: machineMark(spec.id).split("=")[1] ?? "",
      },
    },
  })
}

const layersOf = (rung: SandboxRung, layersDir: string) => (rung.shared ? layersDir : insideLayers)

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("spawn", resolve)
    child.once("error", reject)
  })
}

/** The agent says one line; nothing that comes later is read, however much an app may send. */
async function becomesReady(settings: Settings, child: ChildProcess): Promise<void> {
  const complaint: Buffer[] = []
  child.stderr?.on("data", (bytes: Buffer) => complaint.length < 50 && complaint.push(bytes))
  const failed = (what: string) =>
    fault("vm_boot_failed", {
      say: "The machine could not be started.",
      note: `${what}: ${Buffer.concat(complaint).toString("utf8").slice(0, 2000).trim()}`,
      retryable: true,
    })
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve())
    child.once("close", (code, signal) => reject(failed(`ended with ${code ?? signal}`)))
  })
  try {
    await inTime({ clock: settings.clock, ms: readyWithinMs }, ready, () => {
      throw failed("not ready in time")
    })
  } finally {
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
}

async function recordInit(settings: Settings, record: MachineRecord): Promise<void> {
  const init = record.process && (await findInit(record.process.pid))
  if (!init) return
  record.init = init
  await saveRecord(settings.stateDir, record)
}
