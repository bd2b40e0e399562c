import { existsSync } from "node:fs"
import { fault } from "@vibecaas/kernel/fault"
import type { Database } from "../../db/tenant.ts"
import type { Config } from "../config.ts"
import { lockInstance } from "../instance-lock.ts"
import type { Places } from "../places.ts"
import { readSecrets } from "../secrets.ts"
import { openStopped } from "./installation.ts"
import { drillKeys, type KeyFiles, openKeyFiles } from "./key-files.ts"
import { rotate } from "./rotate.ts"
import { type Verified, verify } from "./verify.ts"

export interface RotationCommand {
  config: Config
  places: Places
  /** on a copy: nothing changes here */
  drill: boolean
  /** where an operator has put the new key */
  newKeyFile: string | undefined
  say(line: string): void
}

/**
 * Gives an installation that does not run another master key, or tries that on a copy.
 *
 * @returns the exit code: 1 when a value does not open afterwards; the key of before then stays the one in force
 * @throws Fault with a sentence
 */
export async function rotateInstallation(command: RotationCommand): Promise<number> {
  const { places } = command
  if (!existsSync(places.data))
    throw fault("invalid", { say: `There is no installation in ${places.data}.` })
  const self = { pid: process.pid, url: "bin/rotate-master-key" }
  const lock = await lockInstance(places.data, self)
  if (!lock.taken)
    throw fault("wrong_state", {
      say: `The platform runs on this data (process ${lock.running.pid}). Stop it first.`,
    })
  try {
    return await locked(command)
  } finally {
    await lock.release()
  }
}

async function locked(command: RotationCommand): Promise<number> {
  const { config, places, newKeyFile, drill } = command
  const { masterKeyFile } = config
  const where = { directory: places.secrets, masterKeyFile, newKeyFile }
  const files = drill ? undefined : await openKeyFiles(where)
  const keys = files ?? (await drillKeys(where))
  const secrets = await readSecrets(places.secrets, masterKeyFile)
  const stopped = await openStopped({ config, places, secrets })
  try {
    const change = (database: Database) => changeKey(command, keys, database)
    if (files) return await settle(command, files, await stopped.use(change))
    command.say("A drill, on a copy of the database. Nothing changes here.")
    return tell(command, await stopped.useCopy(change)) ? 0 : 1
  } finally {
    await stopped.close()
  }
}

interface Changed {
  verified: Verified
  sealed: Record<string, number>
  seconds: string
}

async function changeKey(
  { say }: RotationCommand,
  { from, to }: Pick<KeyFiles, "from" | "to">,
  database: Database,
): Promise<Changed> {
  const began = performance.now()
  say(`From key ${from.id} to key ${to.id}.`)
  const onProgress = (done: number, all: number) => say(`  ${done} of ${all} organizations`)
  const sealed = await rotate({ database, from, to, onProgress })
  say("Opening every sealed value with the new key.")
  const verified = await verify(database, to)
  return { verified, sealed, seconds: ((performance.now() - began) / 1000).toFixed(1) }
}

function tell({ say }: RotationCommand, { verified, sealed, seconds }: Changed): boolean {
  for (const [column, count] of Object.entries(verified.opened))
    say(`  ${column}: ${sealed[column] ?? 0} sealed anew, ${count} opened`)
  for (const value of verified.broken.slice(0, 20)) say(`  ${value}: DOES NOT OPEN`)
  const whole = verified.broken.length === 0
  const result = whole ? "all open" : `${verified.broken.length} values do not open`
  say(`${verified.organizations} organizations in ${seconds} s: ${result}.`)
  return whole
}

async function settle(command: RotationCommand, keys: KeyFiles, changed: Changed): Promise<number> {
  if (tell(command, changed)) {
    for (const sentence of await keys.settle()) command.say(sentence)
    return 0
  }
  command.say(
    "The key of before stays in its place. Run this again once those are mended or deleted.",
  )
  return 1
}
