import type { Listener } from "@vibecaas/reconcile/listen"
import type { AppsParts } from "../parts.ts"

/** Makes the doors of a server's machines; answers what their programs are given for them. */
export type MakeDoors = (
  parts: Pick<AppsParts, "scope" | "clock" | "newId" | "log" | "live"> & { listener: Listener },
) => AppsParts["variables"]
