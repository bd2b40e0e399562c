import type { AgentConfig } from "../../agent/config.ts"
import type { Rung, VmSpec } from "../../port.ts"
import type { Staged } from "./stage.ts"

/** How a machine is walled off, and what that is worth. */
export interface SandboxRung extends Rung {
  name: RungName
  /** no namespaces: machines share files and network with the host */
  shared: boolean
  /** The command that becomes the agent. */
  command(inside: Inside): string[]
  roots(inside: Pick<Inside, "filesDir" | "dataDir">): AgentConfig["roots"]
  reaches: string[]
  /** the wall in a few words, for people */
  words: string
}

export type RungName = "bubblewrap" | "unshare" | "uid" | "none"

/** What goes into one machine. */
export interface Inside {
  spec: VmSpec
  staged: Staged
  dataDir: string
  layersDir: string
  /** for rungs without mounts: holds workspace and tmp */
  filesDir: string
  agentConfig: AgentConfig
  processesMax: number
}

/** Sizes of the memory-backed file systems, in MiB; where memory is limited they count as memory. */
export const workspaceMiB = (spec: VmSpec): number => Math.max(64, spec.memoryMiB)
export const tmpMiB = (spec: VmSpec): number => Math.max(32, Math.floor(spec.memoryMiB / 4))

/** Limits that need no control group, then the agent. */
export function limitedAgent(inside: Inside, node: string, agentDir: string): string[] {
  return [
    "prlimit",
    `--nproc=${inside.processesMax}`,
    `--fsize=${inside.spec.diskMiB * 1024 * 1024}`,
    "--core=0",
    "--",
    node,
    "--disable-warning=ExperimentalWarning",
    // A signal would open the agent's debugger to the app.
    "--disable-sigusr1",
    `${agentDir}/agent/main.ts`,
    JSON.stringify(inside.agentConfig),
  ]
}

export const insideNode = "/opt/vm/bin/node"
export const insideNpm = "/opt/vm/npm"
export const insideTools = "/opt/vm/tools"
export const insideLayers = "/opt/vm/layers"
export const insideAgent = "/opt/vm/agent"
export const insideRoots = () => ({ workspace: "/workspace", data: "/data", tmp: "/tmp" })

export const namespaceReaches = [
  "Programs and libraries installed on this host, read-only.",
  "The host's kernel, which it shares.",
  "No network, no other machine, no file of this host outside its own data directory.",
]
