import type { Key } from "@vibecaas/reconcile/key"
import type { Parts } from "../core/ctx.ts"
import type { CommitParts } from "./files.ts"

/** What the kind is made with. */
export interface ProjectsParts extends Parts, CommitParts {
  /** the address of a project's preview */
  previewUrl: (slug: string) => string
  /** keys of projects that are wanted gone */
  due: () => Promise<Key[]>
}
