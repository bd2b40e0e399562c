import { randomBytes } from "node:crypto"
import { readFileSync } from "node:fs"
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
    masterKey: masterKeyFile ? operatorsKey(masterKeyFile) : await kept("master.key"),
    sessionSecret: await kept("session.key"),
    previewSecret: await kept("preview.key"),
    databasePasswords: {
      app: await kept("database-app.key"),
      auth: await kept("database-auth.key"),
      queue: await kept("database-queue.key"),
    },
  }
}

/** A key in a file of its own, made when there is none. @throws Fault `invalid` when it is damaged */
export async function keptSecret(file: string): Promise<string> {
  const found = await readFile(file, "utf8").catch(() => undefined)
  if (found !== undefined && /^[0-9a-f]{64}\n$/.test(found)) return found.trim()
  if (found !== undefined) throw damaged(file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const fresh = randomBytes(32).toString("hex")
  await writeFile(`${file}.new`, `${fresh}\n`, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return fresh
}

/** @throws Fault `invalid` */
export function operatorsKey(file: string): string {
  const read = readOperatorsKey(file)
  if ("key" in read) return read.key
  throw fault("invalid", { say: `VIBECAAS_MASTER_KEY_FILE: ${read.wrong}` })
}

/** What is wrong with an operator's file of the master key, as a sentence; nothing when it is right. */
export function keyFileFault(file: string): string | undefined {
  const read = readOperatorsKey(file)
  return "wrong" in read ? read.wrong : undefined
}

function readOperatorsKey(file: string): { key: string } | { wrong: string } {
  let text: string
  try {
    text = readFileSync(file, "utf8").trim()
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException // what fs throws
    return { wrong: `${file} cannot be read: ${unreadable[code] ?? code}.` }
  }
  const bytes = Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? "hex" : "base64")
  if (bytes.length === 32) return { key: bytes.toString("hex") }
  return { wrong: `${file} must hold 32 bytes in hex or base64.` }
}

const unreadable: Record<string, string> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a directory",
}

const damaged = (file: string) =>
  fault("invalid", {
    say: `${file} is damaged. Put it back from your backup: what it sealed cannot be opened without it.`,
  })
