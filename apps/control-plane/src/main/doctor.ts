import { chmod, mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { isFault } from "@vibecaas/kernel/fault"
import { silentLog } from "@vibecaas/kernel/log"
import { run } from "@vibecaas/kernel/spawn"
import { makeSandboxDriver } from "@vibecaas/microvm/drivers/sandbox/driver"
import type { RungName } from "@vibecaas/microvm/drivers/sandbox/options"
import { type Config, readPlatformConfig } from "./config.ts"
import { defaultDataDir } from "./places.ts"
import { keyFileFault } from "./secrets.ts"

/** What would make a rung usable that is not; nothing when that is not wanted. */
const remedies: Record<RungName, string | undefined> = {
  bubblewrap:
    "install bubblewrap (on Debian: apt-get install bubblewrap) and allow user namespaces",
  unshare:
    "allow user namespaces (sysctl user.max_user_namespaces above 0) and have util-linux and iproute2",
  uid: "start as root",
  none: undefined,
}

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
  await programs()
  await isolation()
  domains(read.config)
}

async function programs(): Promise<void> {
  say("Programs:")
  const env = { PATH: process.env.PATH ?? "/usr/bin:/bin" }
  for (const [name, use] of [
    ["git", "keeps the files of projects; needed"],
    ["bwrap", "isolates apps"],
    ["chromium", "only for the tests"],
  ] as const) {
    const found = await run(name, ["--version"], { env, timeoutMs: 10_000 }).catch(() => undefined)
    say(`  ${found?.exitCode === 0 ? "yes" : "no "}  ${name}: ${use}`)
  }
}

/** Boots a machine on every rung by itself; the first that works is the one in force. */
async function isolation(): Promise<void> {
  say("Isolation, strongest first:")
  let inForce = true
  for (const rung of Object.keys(remedies) as RungName[]) {
    const result = await tryRung(rung)
    const mark = result.works ? (inForce ? "now" : "yes") : "no "
    say(`  ${mark}  ${rung}: ${result.works ? result.label : withRemedy(rung, result.why)}`)
    if (result.works && inForce) for (const sentence of result.reaches) say(`         ${sentence}`)
    if (result.works) inForce = false
  }
}

function withRemedy(rung: RungName, why: string): string {
  // Some reasons begin with the rung's own name, which is there already.
  const reason = why.startsWith(`${rung}: `) ? why.slice(rung.length + 2) : why
  const remedy = remedies[rung]
  return remedy ? `${reason} To have it: ${remedy}.` : reason
}

type Tried = { works: true; label: string; reaches: string[] } | { works: false; why: string }

async function tryRung(rung: RungName): Promise<Tried> {
  const place = await mkdtemp(join(tmpdir(), "vc-doctor-"))
  // The users of machines pass through it.
  await chmod(place, 0o711)
  try {
    const driver = await makeSandboxDriver({
      stateDir: join(place, "run"),
      dataRoot: join(place, "data"),
      nodePath: process.execPath,
      clock: systemClock,
      log: silentLog,
      allowWeak: true,
      rungs: [rung],
    })
    try {
      const { label, reaches } = await driver.probe()
      return { works: true, label, reaches }
    } finally {
      await driver.close()
    }
  } catch (error) {
    return {
      works: false,
      why: isFault(error) ? ((error.note ?? error.say).split("\n")[0] ?? "") : String(error),
    }
  } finally {
    await rm(place, { recursive: true, force: true })
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
