import { accessSync, constants } from "node:fs"
import { fault, isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { connectSocket } from "../../connect-socket.ts"
import { connectGuest } from "../../guest-client.ts"
import type { VmSpec } from "../../port.ts"
import { removeDataDir } from "./data-dir.ts"
import { type MachineParts, startMachine, systemPath } from "./machine.ts"
import { type Settings, startedByRoot } from "./options.ts"
import type { Rung } from "./rung.ts"
import { bubblewrap } from "./rung-bubblewrap.ts"
import { unshare } from "./rung-unshare.ts"
import { ownUid, sameUid } from "./rung-weak.ts"

/** From the strongest wall to none. */
const ladder: Rung[] = [bubblewrap, unshare, ownUid, sameUid]

/**
 * The strongest allowed rung that really works here: on each, a machine is booted and looks around.
 *
 * @throws Fault `no_isolation`, with what would help
 */
export async function climb(parts: MachineParts, signal?: AbortSignal): Promise<Rung> {
  const refusals: string[] = []
  for (const rung of ladder.filter(({ name }) => parts.settings.rungs.includes(name))) {
    signal?.throwIfAborted()
    const reason = refusal(rung, parts.settings) ?? (await proofFails(parts, rung))
    if (reason === undefined) return rung
    refusals.push(`${rung.name}: ${reason}`)
  }
  throw fault("no_isolation", {
    say: advice(parts.settings),
    note: refusals.join("; "),
  })
}

/** @throws Fault `isolation_too_weak` */
export function checkTrust(rung: Rung, spec: VmSpec, settings: Settings): void {
  if (rung.isolation !== "none" || spec.trust === "blueprint" || settings.allowNoIsolation) return
  throw fault("isolation_too_weak", {
    say:
      "This host cannot isolate apps, so code written by a model or a person does not run here. " +
      "Install bubblewrap, or set VIBECAAS_ALLOW_NO_ISOLATION=1 to accept that such code can " +
      "read everything you can.",
  })
}

function refusal(rung: Rung, settings: Settings): string | undefined {
  if (rung.weak && settings.requireIsolation) return "isolation is required"
  if (rung.weak && !settings.allowWeak) return "weak isolation is not allowed"
  const missing = rung.programs.filter((program) => !isInstalled(program))
  if (missing.length > 0) return `not installed: ${missing.join(", ")}`
  return rung.unfit(startedByRoot())
}

async function proofFails(parts: MachineParts, rung: Rung): Promise<string | undefined> {
  const { settings } = parts
  const id = makeNewId(settings.clock)("vm")
  const dataDir = `${settings.dataRoot}/probe-${id}`
  const sizes = { cpuCount: 1, memoryMiB: 256, diskMiB: 64 }
  try {
    const machine = await startMachine(parts, rung, { id, dataDir, ...sizes, trust: "blueprint" })
    try {
      return await lookAround(settings, machine.socketPath, rung)
    } finally {
      await machine.remove()
    }
  } catch (error) {
    if (isFault(error)) return error.note ?? error.say
    return String(error)
  } finally {
    await removeDataDir(settings.dataRoot, dataDir)
  }
}

/** What the machine says of itself must be what the rung promises. */
async function lookAround(
  settings: Settings,
  socketPath: string,
  rung: Rung,
): Promise<string | undefined> {
  const vm = { connect: () => connectSocket(socketPath) }
  const guest = await connectGuest(vm, { clock: settings.clock })
  try {
    const { stdout, exitCode } = await guest.exec(["node", "-e", look], { timeoutMs: 10_000 })
    const report = stdout.toString("utf8").trim()
    if (exitCode !== 0 || !report.startsWith("loopback ")) return `the machine is broken: ${report}`
    const interfaces = report.split(" ").slice(1)
    if (!rung.weak && interfaces.some((name) => name !== "lo")) return "it sees the host's network"
    return undefined
  } finally {
    guest.close()
  }
}

const look = `
const net = require("node:net"), os = require("node:os"), fs = require("node:fs")
if (process.getuid() === 0) throw new Error("runs as root")
fs.writeFileSync(process.env.DATA_DIR + "/probe", "x")
fs.writeFileSync(process.env.WORKSPACE_DIR + "/probe", "x")
const server = net.createServer((s) => s.end()).listen(0, "127.0.0.1", () =>
  net.connect(server.address().port, "127.0.0.1", () => {
    console.log("loopback", ...Object.keys(os.networkInterfaces()))
    process.exit(0)
  }))`

function isInstalled(program: string): boolean {
  return systemPath.split(":").some((directory) => {
    try {
      accessSync(`${directory}/${program}`, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function advice(settings: Settings): string {
  if (settings.requireIsolation) {
    return (
      "VIBECAAS_REQUIRE_ISOLATION is set, and this host can isolate apps neither by bubblewrap " +
      "nor by unshare. Install bubblewrap, or allow user namespaces for ordinary users."
    )
  }
  if (!settings.allowWeak) {
    return (
      "This host can isolate apps neither by bubblewrap nor by unshare. Install bubblewrap or " +
      "allow user namespaces; or bind the platform to localhost only, where weaker isolation is " +
      "accepted."
    )
  }
  return "This host cannot run apps at all: not even the weakest isolation started."
}
