import { randomBytes } from "node:crypto"
import { existsSync } from "node:fs"
import { readFile, rename, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import { type MasterKey, masterKey } from "@vibecaas/kernel/seal"
import { keptSecret, keyFileFault, operatorsKey } from "../secrets.ts"

/** The key that seals now and the one that is to, and where the second takes the first one's place. */
export interface KeyFiles {
  from: MasterKey
  to: MasterKey
  /** Once nothing is sealed by the first any more. @returns sentences: where which key is */
  settle(): Promise<string[]>
}

interface Where {
  /** where the platform keeps its keys */
  directory: string
  /** where an operator keeps the present one instead */
  masterKeyFile: string | undefined
  /** and the one to come */
  newKeyFile: string | undefined
}

const keyIn = (hex: string): MasterKey => masterKey(Buffer.from(hex, "hex"))

/** @throws Fault `invalid` with a sentence when there is no key where one should be, or both are one */
export async function openKeyFiles(where: Where): Promise<KeyFiles> {
  const files = where.masterKeyFile ? operatorsFiles(where) : await ownFiles(where)
  if (files.from.id !== files.to.id) return files
  throw wrong("The new master key is the present one. Make another: openssl rand -hex 32.")
}

function operatorsFiles({ masterKeyFile = "", newKeyFile }: Where): KeyFiles {
  if (!newKeyFile)
    throw wrong(
      "The master key is in a file of yours, VIBECAAS_MASTER_KEY_FILE. Put the new one into another file and name it: --new-key-file FILE.",
    )
  const mistake = keyFileFault(newKeyFile)
  if (mistake) throw wrong(`--new-key-file: ${mistake}`)
  return {
    ...{ from: keyIn(operatorsKey(masterKeyFile)), to: keyIn(operatorsKey(newKeyFile)) },
    settle: async () => [
      `Set VIBECAAS_MASTER_KEY_FILE=${newKeyFile} before the next start.`,
      keepOld(masterKeyFile),
    ],
  }
}

/** The new key is in a file beside the present one from the first moment, so that nothing is ever sealed by one that is lost. */
async function ownFiles({ directory, newKeyFile }: Where): Promise<KeyFiles> {
  if (newKeyFile)
    throw wrong("--new-key-file is for a master key that you keep in a file of yours.")
  const { present, next } = ownPlaces(directory)
  const from = await ownKey(directory)
  const to = keyIn(await keptSecret(next))
  return {
    ...{ from, to },
    async settle() {
      const kept = `${present}.${from.id}`
      await writeFile(kept, await readFile(present), { mode: 0o600, flush: true })
      await rename(next, present)
      return [`The new key is in ${present}.`, keepOld(kept)]
    },
  }
}

const ownPlaces = (directory: string) => ({
  present: join(directory, "master.key"),
  next: join(directory, "master.key.next"),
})

async function ownKey(directory: string): Promise<MasterKey> {
  const { present } = ownPlaces(directory)
  if (existsSync(present)) return keyIn(await keptSecret(present))
  throw wrong(`There is no master key in ${directory}: nothing was ever sealed here.`)
}

/**
 * The present key, and one for a drill that nothing keeps.
 *
 * @throws Fault `invalid` while the key is being changed: what is sealed by the one to come opens by no other
 */
export async function drillKeys(
  where: Pick<Where, "directory" | "masterKeyFile">,
): Promise<Pick<KeyFiles, "from" | "to">> {
  const { directory, masterKeyFile } = where
  if (existsSync(ownPlaces(directory).next))
    throw wrong("The master key is being changed. Run this without --drill to end that.")
  const from = masterKeyFile ? keyIn(operatorsKey(masterKeyFile)) : await ownKey(directory)
  return { from, to: masterKey(randomBytes(32)) }
}

const keepOld = (file: string) =>
  `${file} has the key of before: backups from before need it. Delete it once there are none.`

const wrong = (say: string) => fault("invalid", { say })
