import { randomBytes } from "node:crypto"
import { mkdir, readFile, rename, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"

/** Keys that an installation makes once and never shows; plain data, handed over the IPC channel only. */
export interface Secrets {
  /** 32 bytes, hex: wraps the organizations' data keys */
  masterKey: string
  /** signs session cookies */
  sessionSecret: string
  /** signs the cookies of private previews */
  previewSecret: string
  databasePasswords: { app: string; auth: string; queue: string }
}

/**
 * Reads the keys from `directory` (mode 0700, files 0600), making those that are missing.
 *
 * @param masterKeyFile where an operator keeps the master key instead; it must exist
 * @throws Fault `invalid` when that file is not 32 bytes in hex or base64
 */
export async function readSecrets(
  directory: string,
  masterKeyFile: string | undefined,
): Promise<Secrets> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const kept = (name: string) => keptSecret(join(directory, name))
  return {
    masterKey: masterKeyFile ? await operatorsKey(masterKeyFile) : await kept("master.key"),
    sessionSecret: await kept("session.key"),
    previewSecret: await kept("preview.key"),
    databasePasswords: {
      app: await kept("database-app.key"),
      auth: await kept("database-auth.key"),
      queue: await kept("database-queue.key"),
    },
  }
}

async function keptSecret(file: string): Promise<string> {
  const found = await readFile(file, "utf8").catch(() => undefined)
  if (found !== undefined && /^[0-9a-f]{64}\n$/.test(found)) return found.trim()
  if (found !== undefined) throw damaged(file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const fresh = randomBytes(32).toString("hex")
  await writeFile(`${file}.new`, `${fresh}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return fresh
}

async function operatorsKey(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw fault("invalid", {
      say: `VIBECAAS_MASTER_KEY_FILE: ${file} cannot be read (${String(error)}).`,
    })
  })
  const trimmed = text.trim()
  const bytes = /^[0-9a-f]{64}$/i.test(trimmed)
    ? Buffer.from(trimmed, "hex")
    : Buffer.from(trimmed, "base64")
  if (bytes.length === 32) return bytes.toString("hex")
  throw fault("invalid", {
    say: `VIBECAAS_MASTER_KEY_FILE: ${file} must hold 32 bytes in hex or base64.`,
  })
}

const damaged = (file: string) =>
  fault("invalid", {
    say: `${file} is damaged. Put it back from your backup: what it sealed cannot be opened without it.`,
  })
