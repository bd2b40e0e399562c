import type { Parts } from "../core/ctx.ts"
import type { Database } from "../db/tenant.ts"
import type { LiveMachine, LiveMachines } from "../machines/index.ts"
import type { Packages } from "../packages/index.ts"
import type { CommitParts } from "../projects/index.ts"
import type { AppSecrets } from "../secrets/index.ts"
import type { Gates } from "./gates.ts"
import type { ProjectNews } from "./project-news.ts"
import type { Snapshots } from "./snapshots.ts"

export interface AppsParts extends Parts, CommitParts {
  /** for what is asked beyond one organization: due apps, names of hosts */
  database: Database
  live: LiveMachines
  gates: Gates
  news: ProjectNews
  snapshots: Snapshots
  packages: Packages
  /** what programs of a machine are given so that they find its doors */
  variables(machine: LiveMachine): Promise<Record<string, string>>
  /** the vault: what apps are given of it */
  secrets: AppSecrets
  /** address of a project's preview */
  previewUrl: (slug: string) => string
}
