import {
  insideAgent,
  insideNode,
  insideRoots,
  limitedAgent,
  namespaceReaches,
  type Rung,
  tmpMiB,
  workspaceMiB,
} from "./rung.ts"

/** The same walls as bubblewrap's, built by a script out of what every Linux system has. */
export const unshare: Rung = {
  name: "unshare",
  isolation: "process",
  weak: false,
  programs: ["unshare", "setpriv", "prlimit", "mount", "pivot_root", "ip"],
  unfit: () => undefined,
  command: (inside) => [
    ...["unshare", "--user", "--map-root-user", "--mount", "--net", "--ipc", "--uts", "--pid"],
    ...["--fork", "--kill-child", "--", "/bin/sh", inside.staged.unshareScript],
    ...[inside.staged.emptyDir, inside.staged.nodePath, inside.staged.agentDir],
    ...[inside.staged.etcDir, inside.dataDir],
    ...[String(workspaceMiB(inside.spec)), String(tmpMiB(inside.spec))],
    ...limitedAgent(inside, insideNode, insideAgent),
  ],
  roots: insideRoots,
  reaches: namespaceReaches,
  wall: "unshare",
}
