import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { silentLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import { openDrivers } from "@vibecaas/microvm/drivers"
import { ladderOf, type Step } from "@vibecaas/microvm/ladder"
import type { Rung } from "@vibecaas/microvm/port"
import { proveRung } from "@vibecaas/microvm/prove-rung"
import { programOf } from "./browser.ts"
import { type Config, readPlatformConfig } from "./config.ts"
import { defaultDataDir } from "./places.ts"
import { keyFileFault } from "./secrets.ts"

// Whoever reads only the first lines has closed the pipe: there is nobody left to tell.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error
  process.exit()
})

const say = (line: string) => process.stdout.write(`${line}\n`)
const isRoot = process.getuid?.() === 0
const read = readPlatformConfig(process.env, { dataDir: defaultDataDir(isRoot), keyFileFault })
if (!read.ok) {
  say("Configuration:")
  for (const mistake of read.mistakes) say(`  ${mistake}`)
  process.exitCode = 1
} else {
  await programs(read.config)
  await isolation()
  domains(read.config)
}

async function programs(config: Config): Promise<void> {
  say("Programs:")
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin" }
  for (const [name, use] of [
    ["git", "keeps the files of projects; needed"],
    ["bwrap", "isolates apps"],
  ] as const) {
    const found = await run(name, ["--version"], { env, timeoutMs: 10_000 }).catch(() => undefined)
    say(`  ${found?.exitCode === 0 ? "yes" : "no "}  ${name}: ${use}`)
  }
  const browser = programOf(config.browser)
  if ("missing" in browser) say(`  no   agents cannot look at pages: ${browser.missing}`)
  else say(`  yes  ${browser.program}: agents look at pages with it`)
}

/** Boots a machine on every rung of every driver; the first that works is the one in force. */
async function isolation(): Promise<void> {
  say("Isolation, strongest first:")
  const place = await mkdtemp(join(tmpdir(), "vc-doctor-"))
  // The users of machines pass through it.
  await chmod(place, 0o711)
  const parts = { clock: systemClock, log: silentLog, nodePath: process.execPath }
  const drivers = await openDrivers({
    ...parts,
    stateDir: join(place, "run"),
    dataRoot: join(place, "data"),
  })
  try {
    let inForce = true
    for (const step of ladderOf(drivers)) {
      const result = await tryStep(step)
      tell(step.rung, result, inForce)
      if (result.works) inForce = false
    }
  } finally {
    for (const driver of drivers) await driver.close()
    await rm(place, { recursive: true, force: true })
  }
}

function tell(rung: Rung, result: Tried, inForce: boolean): void {
  const mark = result.works ? (inForce ? "now" : "yes") : "no "
  say(`  ${mark}  ${rung.name}: ${result.works ? result.label : withRemedy(rung, result.why)}`)
  if (result.works && inForce) for (const sentence of result.reaches) say(`         ${sentence}`)
}

function withRemedy({ remedy }: Rung, why: string): string {
  return remedy ? `${why} To have it: ${remedy}.` : why
}

type Tried = { works: true; label: string; reaches: string[] } | { works: false; why: string }

async function tryStep(step: Step): Promise<Tried> {
  const lacks = step.rung.lacks()
  if (lacks !== undefined) return { works: false, why: lacks }
  try {
    const id = makeNewId(systemClock)("vm")
    const { label, reaches } = await proveRung(step, { id, clock: systemClock, log: silentLog })
    return { works: true, label, reaches }
  } catch (error) {
    return {
      works: false,
      why: isFault(error) ? ((error.note ?? error.say).split("\n")[0] ?? "") : String(error),
    }
  }
}

function domains(config: Config): void {
  say("Domains:")
  say(`  dashboard at ${config.publicUrl}, previews below ${config.appsDomain}`)
  const sameSite =
    config.appsDomain === config.baseDomain || config.appsDomain.endsWith(`.${config.baseDomain}`)
  if (sameSite && config.baseDomain !== "localhost") {
    say(
      "  warning: previews share a site with the dashboard. Set VIBECAAS_APPS_DOMAIN to another registrable domain.",
    )
  }
}
