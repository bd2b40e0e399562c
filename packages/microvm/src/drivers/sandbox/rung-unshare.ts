import { lacksPrograms } from "@vibecaas/kernel/programs"
import {
  insideAgent,
  insideNode,
  insideRoots,
  limitedAgent,
  namespaceReaches,
  type SandboxRung,
  tmpMiB,
  workspaceMiB,
} from "./rung.ts"

/** The same walls as bubblewrap's, built by a script out of what every Linux system has. */
export const unshare: SandboxRung = {
  name: "unshare",
  wall: "process",
  shared: false,
  lacks: () => lacksPrograms("unshare", "setpriv", "prlimit", "mount", "pivot_root", "ip"),
  remedy:
    "allow user namespaces (sysctl user.max_user_namespaces above 0) and have util-linux and iproute2",
  command: (inside) => [
    ...["unshare", "--user", "--map-root-user", "--mount", "--net", "--ipc", "--uts", "--pid"],
    ...["--fork", "--kill-child", "--", "/bin/sh", inside.staged.unshareScript],
    ...[inside.staged.emptyDir, inside.staged.nodePath, inside.staged.agentDir],
    ...[inside.staged.etcDir, inside.dataDir],
    ...[inside.staged.npmDir, inside.staged.toolsDir, inside.layersDir],
    ...[String(workspaceMiB(inside.spec)), String(tmpMiB(inside.spec))],
    ...limitedAgent(inside, insideNode, insideAgent),
  ],
  roots: insideRoots,
  reaches: namespaceReaches,
  words: "unshare",
}
