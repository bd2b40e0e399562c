import { mkdir, readFile, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { Ended, type Surroundings } from "./surroundings.ts"

/** Which platform is asked, and as whom: by an API key, or by the session of a person who allowed it. */
export interface Settings {
  url: string
  key?: string | undefined
  /** as a `Cookie` header has it */
  session?: string | undefined
}

type Around = Pick<Surroundings, "env">

/** The environment counts before what `login` kept. */
export async function readSettings(around: Around): Promise<Settings> {
  const kept = await keptSettings(around)
  const url = (around.env.VIBECAAS_URL ?? kept.url)?.replace(/\/+$/, "")
  const key = around.env.VIBECAAS_KEY ?? kept.key
  if (url && (key || kept.session)) return { url, key, session: key ? undefined : kept.session }
  throw new Ended(
    "You are not signed in. Run vibecaas login, or set VIBECAAS_URL and VIBECAAS_KEY.",
  )
}

/** What each request has to say who asks; a session is taken only from the platform's own address. */
export function headersOf({ url, key, session }: Settings): Record<string, string> {
  if (key) return { authorization: `Bearer ${key}` }
  return session ? { cookie: session, origin: new URL(url).origin } : {}
}

/** Keeps them for this person alone. @returns the file */
export async function keepSettings(around: Around, settings: Settings): Promise<string> {
  const file = fileOf(around)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  return file
}

async function keptSettings(around: Around): Promise<Partial<Settings>> {
  const text = await readFile(fileOf(around), "utf8").catch(() => "{}")
  try {
    return JSON.parse(text) as Partial<Settings> // our own file
  } catch {
    throw new Ended(`${fileOf(around)} is damaged. Run vibecaas login again.`)
  }
}

function fileOf({ env }: Around): string {
  const home = env.XDG_CONFIG_HOME ?? join(env.HOME ?? ".", ".config")
  return join(home, "vibecaas", "config.json")
}
