import { existsSync } from "node:fs"
import { join, resolve } from "node:path"

/** Directories of one installation. */
export interface Places {
  /** the checkout that runs */
  checkout: string
  /** apps with which projects can begin, as the checkout has them */
  starters: string
  data: string
  secrets: string
  postgres: string
  repositories: string
  /** data of machines, one directory each */
  machines: string
  /** data of apps as they were at one moment */
  snapshots: string
  /** packages that were installed, and what builds made */
  layers: string
  /** those of them that machines see */
  layerTrees: string
  /** what was fetched from registries of packages */
  registry: string
  /** screenshots that agents took */
  pictures: string
  /** databases, files and backups of stores */
  stores: string
  /** software of stores, as it was installed */
  engines: string
  /** sockets and records of live machines; emptied by a reboot */
  runtime: string
  logs: string
}

export const checkout = resolve(import.meta.dirname, "../../../..")

/** Where data is kept when VIBECAAS_DATA does not say. */
export function defaultDataDir(isRoot: boolean): string {
  return isRoot ? "/var/lib/vibecaas/data" : join(checkout, ".data")
}

export function placesOf(dataDir: string): Places {
  return {
    checkout,
    starters: join(checkout, "starters"),
    data: dataDir,
    secrets: join(dataDir, "secrets"),
    postgres: join(dataDir, "postgres"),
    repositories: join(dataDir, "repositories"),
    machines: join(dataDir, "machines"),
    snapshots: join(dataDir, "snapshots"),
    pictures: join(dataDir, "pictures"),
    layers: join(dataDir, "layers"),
    layerTrees: join(dataDir, "layers", "trees"),
    registry: join(dataDir, "registry"),
    stores: join(dataDir, "stores"),
    engines: join(dataDir, "engines"),
    runtime: join(dataDir, "run"),
    logs: join(dataDir, "logs"),
  }
}

/** True when `bin/start` has built the dashboard. */
export const dashboardIsBuilt = () => existsSync(join(checkout, "apps/dashboard/.next/BUILD_ID"))
