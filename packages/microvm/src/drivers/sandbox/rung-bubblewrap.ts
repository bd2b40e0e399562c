import { lstatSync, readlinkSync } from "node:fs"
import { lacksPrograms } from "@vibecaas/kernel/programs"
import {
  type Inside,
  insideAgent,
  insideLayers,
  insideNode,
  insideNpm,
  insideRoots,
  insideTools,
  limitedAgent,
  namespaceReaches,
  type SandboxRung,
  tmpMiB,
  workspaceMiB,
} from "./rung.ts"

export const bubblewrap: SandboxRung = {
  name: "bubblewrap",
  wall: "process",
  shared: false,
  lacks: () => lacksPrograms("bwrap", "prlimit"),
  remedy: "install bubblewrap (on Debian: apt-get install bubblewrap) and allow user namespaces",
  command: (inside) => [
    ...filtered(inside.staged),
    ...namespaces,
    ...base(inside),
    ...writable(inside),
    "--remount-ro",
    "/dev",
    "--remount-ro",
    "/",
    "--chdir",
    "/workspace",
    "--",
    ...limitedAgent(inside, insideNode, insideAgent),
  ],
  roots: insideRoots,
  reaches: namespaceReaches,
  words: "bubblewrap",
}

/** bubblewrap reads the filter from a descriptor, and sets it right before the agent begins. */
function filtered({ callFilter }: Inside["staged"]): string[] {
  if (callFilter === undefined) return ["bwrap"]
  return ["sh", "-c", 'exec "$@" 9<"$0"', callFilter, "bwrap", "--seccomp", "9"]
}

const namespaces = [
  ...["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"],
  ...["--unshare-cgroup-try", "--disable-userns", "--uid", "1000", "--gid", "1000"],
  ...["--hostname", "machine", "--die-with-parent", "--new-session"],
  ...["--cap-drop", "ALL", "--clearenv"],
]

function base({ staged, layersDir }: Inside): string[] {
  return [
    ...["--ro-bind", "/usr", "/usr"],
    ...["bin", "sbin", "lib", "lib32", "lib64", "libx32"].flatMap(systemDirectory),
    ...["--ro-bind", staged.etcDir, "/etc"],
    ...["--ro-bind-try", "/etc/alternatives", "/etc/alternatives"],
    ...["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"],
    ...["--ro-bind", staged.nodePath, insideNode],
    ...["--ro-bind", staged.agentDir, insideAgent],
    ...["--ro-bind", staged.npmDir, insideNpm],
    ...["--ro-bind", staged.toolsDir, insideTools],
    ...["--ro-bind", layersDir, insideLayers],
  ]
}

function writable({ spec, dataDir }: Inside): string[] {
  const tmpfs = (mode: string, mib: number, path: string) => [
    ...["--perms", mode, "--size", String(mib * 1024 * 1024), "--tmpfs", path],
  ]
  return [
    ...["--proc", "/proc", "--dev", "/dev"],
    ...tmpfs("1777", 64, "/dev/shm"),
    ...tmpfs("1777", tmpMiB(spec), "/tmp"),
    ...tmpfs("0755", workspaceMiB(spec), "/workspace"),
    ...["--bind", dataDir, "/data"],
  ]
}

/** Most systems link /bin and its like into /usr; some still have directories. */
function systemDirectory(name: string): string[] {
  const stats = lstatSync(`/${name}`, { throwIfNoEntry: false })
  if (stats?.isSymbolicLink()) return ["--symlink", readlinkSync(`/${name}`), `/${name}`]
  return stats?.isDirectory() ? ["--ro-bind", `/${name}`, `/${name}`] : []
}
