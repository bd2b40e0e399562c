import { createHash } from "node:crypto"
import type { InstalledPackage, PackageEcosystem } from "@vibecaas/contract/kinds/packages"
import { fault } from "@vibecaas/kernel/fault"
import type { Guest } from "@vibecaas/microvm/guest-client"
import type { Toolchains } from "@vibecaas/microvm/toolchains"
import type { Registry } from "@vibecaas/registry/registry"
import type { WireName } from "@vibecaas/registry/wire"

/** The files of a project that say which packages it has, by path. */
export type PackageFiles = Readonly<Record<string, string>>

/** What is to be installed, by the name of the layer that it makes. */
export interface InstallPlan {
  layer: string
  files: PackageFiles
  /** what has to be installed before, and is used beside it */
  base?: InstallPlan
  /** names of packages whose own scripts run */
  scripts?: readonly string[]
}

export interface PackageChange {
  add: readonly string[]
  remove: readonly string[]
  /** what is added is needed only while building and testing */
  dev: boolean
}

/** What somebody watches while it goes on. */
export interface Watched {
  signal: AbortSignal
  /** hears what is printed meanwhile */
  print(text: string): void
}

/** A machine that installs, and the registry that it may ask meanwhile. */
export interface InstallTask extends Watched {
  guest: Guest
  registry: Registry
}

/** The same for a change of what a project asks for. */
export interface ChangeTask extends InstallTask {
  /** the files of the project that its ecosystem reads */
  sources(): Promise<readonly { path: string; content: Buffer }[]>
}

export interface ListedPackage
  extends Omit<InstalledPackage, "advisories" | "ecosystem" | "script"> {
  /** it has a script that runs when it is installed, if a person allows it */
  hasScript?: boolean
}

/**
 * Packages of one language: which files of a project name them, and how its own installer is asked.
 * What an installer leaves in `installFolder` becomes the layer, as `use` of a guest reads it.
 */
export interface Ecosystem {
  name: PackageEcosystem
  /** how its public registry speaks */
  wire: WireName
  language: keyof Toolchains
  files: readonly { path: string; bytesMax: number }[]
  /** where packages lie that a project keeps among its files: whoever does has installed them */
  ownFolder: string
  /** whether what a project asks for stands in this file of it, too, since it imports packages by name */
  reads?(path: string): boolean
  /** whether these files make it one of a project's */
  uses(files: PackageFiles): boolean
  /**
   * What installing these files makes; nothing when they name no packages.
   *
   * @param toolchain what packages are made for, e.g. `v24.21.0-linux-x64`
   * @param allowed names of packages whose own scripts may run; none when absent
   * @throws Fault `packages_failed` when it cannot be installed, with what to do
   */
  plan(files: PackageFiles, toolchain: string, allowed?: readonly string[]): InstallPlan | undefined
  /** Packages that have a script of their own, which runs when they are installed if it may. */
  scripts?(files: PackageFiles): string[]
  /** what its installer itself needs where the host does not have it */
  base?(toolchain: string): InstallPlan | undefined
  /** @throws Fault `packages_failed` */
  install(task: InstallTask, plan: InstallPlan): Promise<void>
  /**
   * The files after a change, with everything installed; without names it locks what the files name.
   *
   * @throws Fault `packages_failed`, `invalid` for what is no package's name
   */
  change(task: ChangeTask, before: PackageFiles, change: PackageChange): Promise<PackageFiles>
  /** Packages that the files name and those that they need. @throws Fault `packages_failed` */
  list(files: PackageFiles): ListedPackage[]
  /**
   * The command that builds the app, and paths of the project that it does not read; nothing when there
   * is nothing to build.
   *
   * @throws Fault `packages_failed`
   */
  build(files: PackageFiles): { argv: string[]; without: readonly string[] } | undefined
}

/** Where a task's machine installs: on its disk, since memory is for the programs. */
export const installFolder = "/data/app"

/** @param more `retryable` when it may pass by itself */
export function failed(say: string, more: { note?: string; retryable?: boolean } = {}) {
  return fault("packages_failed", { say, ...more })
}

/** A layer's name: whoever knows all parts knows it. */
export function layerName(...parts: string[]): string {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part).update("\0")
  return hash.digest("hex")
}

/** @throws Fault `invalid` that names what has not the form */
export function checkNames(
  names: readonly string[],
  { form, say, at }: { form: RegExp; say: string; at: "add" | "remove" },
): void {
  const wrong = names.findIndex((name) => !form.test(name))
  if (wrong < 0) return
  throw fault("invalid", { say: `${names[wrong]}: ${say}`, fields: { [`/${at}/${wrong}`]: say } })
}

export async function writeInstallFiles(guest: Guest, files: PackageFiles): Promise<void> {
  const written = Object.entries(files).map(([name, text]) => ({
    path: `${installFolder}/${name}`,
    content: Buffer.from(text),
  }))
  await guest.writeFiles(written)
}
