import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import type { Git } from "../git.ts"
import { readHead } from "../git-reading.ts"
import type { Received } from "../repository.ts"
import type { GitBackend, GitRequest } from "./backend.ts"
import { checkPush } from "./check-push.ts"
import { type PushCommand, type PushRequest, readPush, refusal, withWords } from "./pkt-lines.ts"

export interface PushParts {
  git: Git
  backend: GitBackend
  /** names the folder in which pushed objects wait until they are looked at */
  newName(): string
}

const main = "refs/heads/main"
const nobody = "0".repeat(40)

/** What git takes in, before it is looked at. */
const settings = [
  ["receive.unpackLimit", "1"],
  ["receive.fsckObjects", "true"],
  ["receive.denyNonFastForwards", "true"],
  ["receive.denyDeletes", "true"],
  ["receive.maxInputSize", String(64 * 1024 * 1024)],
] as const

/**
 * Takes a push into a repository of its own beside the project's, which borrows the project's objects, and
 * looks at every commit there. Only then are its objects moved to the project's; the branch is moved by
 * whoever asked, so that nothing is visible before it is recorded.
 *
 * @throws Fault `malformed`, `unavailable`
 */
export async function receivePush(
  parts: PushParts,
  request: Omit<GitRequest, "path" | "settings" | "read"> & { body: Uint8Array },
): Promise<Received> {
  const push = readPush(request.body)
  if (!push) throw fault("malformed", { say: "git could not read that request." })
  const { directory } = request
  const head = await readHead(parts.git, directory)
  const [command] = push.commands
  // git asks with nothing, to find out whether it may.
  if (!command) return { taken: null, answer: Buffer.of() }
  const reason = reasonAgainst(push.commands, head)
  if (reason) return { taken: null, answer: refusal(push, reason) }
  const aside = join(dirname(directory), `${parts.newName()}.push`)
  try {
    return await takeAside(parts, request, { aside, head, push, command })
  } finally {
    await rm(aside, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** What can be said before anything is read. */
function reasonAgainst(commands: readonly PushCommand[], head: string | null) {
  const other = commands.find(({ ref }) => ref !== main)
  if (other) {
    const says = [`A project has one branch, main. ${JSON.stringify(other.ref)} was not taken.`]
    return { reason: "only main can be pushed", says }
  }
  const [command] = commands
  if (command?.to === nobody) return { reason: "main cannot be deleted", says: [] }
  if (command?.from === (head ?? nobody)) return undefined
  return { reason: "fetch first", says: ["Somebody changed the project meanwhile."] }
}

async function takeAside(
  { git, backend }: PushParts,
  request: Omit<GitRequest, "path"> & { body: Uint8Array },
  of: { aside: string; head: string | null; push: PushRequest; command: PushCommand },
): Promise<Received> {
  const { aside, head, push, command } = of
  const { directory } = request
  await git(aside, ["init", "--bare", "--quiet", "--template=", "--initial-branch=main"])
  await mkdir(join(aside, "objects/info"), { recursive: true })
  await writeFile(join(aside, "objects/info/alternates"), `${join(directory, "objects")}\n`)
  if (head !== null) await git(aside, ["update-ref", main, head])
  const asked = { ...request, directory: aside, path: "git-receive-pack", settings } as const
  const { body } = await backend({ ...asked, read: [join(directory, "objects")] })
  // What git refused by itself it has told.
  if ((await readHead(git, aside)) !== command.to) return { taken: null, answer: body }
  const span = { from: head, to: command.to }
  const says = await checkPush(git, aside, span)
  if (says.length > 0) {
    return { taken: null, answer: refusal(push, { reason: "breaks the rules of files", says }) }
  }
  await moveObjects(aside, directory)
  return { taken: span, answer: (words) => withWords(body, push, words) }
}

/** A pack is found by its index, which therefore comes last. */
async function moveObjects(aside: string, directory: string): Promise<void> {
  const from = join(aside, "objects/pack")
  const to = join(directory, "objects/pack")
  await mkdir(to, { recursive: true })
  const names = await readdir(from).catch(() => [])
  const packs = names.filter((name) => /^pack-[0-9a-f]{40}\.(pack|rev|idx)$/.test(name))
  const last = (name: string) => Number(name.endsWith(".idx"))
  for (const name of packs.sort((a, b) => last(a) - last(b))) {
    await rename(join(from, name), join(to, name))
  }
}
