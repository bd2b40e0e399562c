import type { IdOf } from "@vibecaas/contract/kinds"
import { bestEffort } from "@vibecaas/kernel/log"
import { wakeHolders } from "../core/holds.ts"
import type { Kind } from "../core/kind.ts"
import { actAsPlatform } from "../core/resource.ts"
import type { LiveMachine } from "../machines/index.ts"
import { appLoop } from "./app-loop.ts"
import { backupLoop } from "./backups/backup-loop.ts"
import { makeDraftSites } from "./draft-sites.ts"
import { type GatesParts, makeGates } from "./gates.ts"
import { memoryOf } from "./memory.ts"
import { makeSessions } from "./open-session.ts"
import type { AppsParts } from "./parts.ts"
import { makePreviewAccess } from "./preview-access.ts"
import { hearProjects } from "./project-news.ts"
import { makeProjectSites } from "./project-sites.ts"
import { appHandlers } from "./routes.ts"
import type { Sessions } from "./sessions.ts"

export interface Apps {
  kind: Kind<"apps">
  sessions: Sessions
  /** what the gateway asks: which site a host has, and who may look */
  sites: readonly [ReturnType<typeof makeProjectSites>, ReturnType<typeof makeDraftSites>]
  access: ReturnType<typeof makePreviewAccess>
  close(): Promise<void>
}

export function makeApps(
  options: Omit<AppsParts, "gates" | "news"> & Pick<GatesParts, "listener" | "server">,
): Apps {
  const { listener, server, ...given } = options
  const { live } = given
  const calledBack = (projectId: IdOf<"project">) => {
    for (const machine of live.ofProject(projectId)) memoryOf(machine).appPort = null
  }
  const gates = makeGates({ ...given, listener, server, calledBack })
  const parts = { ...given, gates, news: hearProjects(listener) }
  parts.live.onOpen((machine, signal) => {
    watchApp(machine, signal, () => wakeAppsOn(parts, machine)).catch(() => machine.guest.close())
  })
  const sessions = makeSessions(parts)
  return {
    kind: { handlers: appHandlers(parts), loops: [appLoop(parts), backupLoop(parts)] },
    sessions,
    sites: [makeProjectSites(parts, sessions), makeDraftSites(parts)],
    access: makePreviewAccess(parts),
    close: () => gates.close(),
  }
}

/** Best effort: when the database is away, the sweep will see it. */
function wakeAppsOn(parts: AppsParts, machine: LiveMachine): void {
  void bestEffort(parts.log, "wake a machine's apps", () =>
    actAsPlatform(parts, machine, (ctx) => wakeHolders(ctx, machine.id)),
  )
}

/** The agent answers when the app has changed: it is asked again and again, for no transaction. */
async function watchApp(
  { guest }: LiveMachine,
  signal: AbortSignal,
  changed: () => void,
): Promise<void> {
  let known = await guest.appStatus()
  while (!signal.aborted) {
    const now = await guest.appNews(known, signal)
    const same = now.state === known.state && now.startedAt === known.startedAt
    known = now
    if (!same) changed()
  }
}
