import { fault } from "@vibecaas/kernel/fault"
import { lacksPrograms } from "@vibecaas/kernel/programs"
import type { BackendSeen } from "../../backend.ts"
import { readInstall, readInstalls } from "../../catalog.ts"
import type { Engine } from "../../engine.ts"
import type { Local } from "./local.ts"

/**
 * Folder of an installed version. A simulated engine comes with the platform: it is always installed.
 *
 * @throws Fault `unavailable` with the command that installs it
 */
export async function installOf(local: Local, engine: Engine, version: string): Promise<string> {
  const { enginesDir } = local.settings
  if (engine.program) return local.staged.program(engine.program)
  const install = await readInstall(`${enginesDir}/${engine.name}/${version}`)
  if (install) return install.dir
  throw fault("unavailable", {
    say: `${engine.title} ${version} is not installed. Install it with: ${engine.installCommand(version)}`,
  })
}

function lacksOf({ programs = [] }: Engine): string | undefined {
  const missing = programs.filter(({ name, also = [] }) =>
    [name, ...also].every((one) => lacksPrograms(one) !== undefined),
  )
  if (missing.length === 0) return undefined
  const names = missing.map(({ name }) => name).join(", ")
  const packages = missing.map((program) => program.packages).join(" ")
  return `Not installed: ${names}. Install with: apt-get install ${packages}`
}

/** Every version that an engine knows or that is installed, the newest of each engine first. */
export async function seeEngines({ settings, datastores }: Local): Promise<BackendSeen["engines"]> {
  const installs = await readInstalls(settings.enginesDir)
  const seen: BackendSeen["engines"] = []
  for (const engine of settings.engines.list()) {
    const lacks = (await datastores[engine.datastore].lacks()) ?? lacksOf(engine)
    const there = installs.filter((install) => install.engine === engine.name)
    const known = engine.versions.map(({ version }) => version)
    const others = there.map(({ version }) => version).filter((one) => !known.includes(one))
    for (const version of [...known, ...others]) {
      const installed = engine.program !== undefined || there.some((one) => one.version === version)
      seen.push({
        ...{ engine: engine.name, version, installed },
        ...(installed ? {} : { command: engine.installCommand(version) }),
        ...(lacks === undefined ? {} : { lacks }),
      })
    }
  }
  return seen
}
