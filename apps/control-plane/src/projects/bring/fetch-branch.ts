import { mkdir, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import { run } from "@vibecaas/kernel/spawn"
import type { Git } from "../git.ts"
import type { Wall } from "../git-http/wall.ts"
import { readBlobs } from "../git-reading.ts"
import type { BranchElsewhere, Brought } from "../repository.ts"
import { briefly, type Candidate, quoted, sift } from "./sift.ts"

export interface BringParts {
  git: Git
  gitPath: string
  wall: () => Promise<Wall>
  /** where folders for a while may be */
  root: string
}

const fetchMs = 5 * 60_000

/**
 * Fetches the newest files of one branch: shallow, without tags, submodules, hooks or settings of others. git
 * runs behind a wall, in a folder of its own, and is never asked to check anything out.
 *
 * @throws Fault `invalid` with what the server said, `too_large`, `unavailable`, `disk_full`
 */
export async function fetchBranch(parts: BringParts, of: BranchElsewhere): Promise<Brought> {
  const directory = join(parts.root, `${of.name}.import`)
  await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  await mkdir(directory, { recursive: true, mode: 0o700 })
  try {
    await parts.git(directory, ["init", "--bare", "--quiet", "--template="])
    await fetchInto(parts, directory, of)
    return await readInto(parts.git, directory)
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function fetchInto(
  { wall, gitPath }: BringParts,
  directory: string,
  of: BranchElsewhere,
): Promise<void> {
  if (of.ca !== undefined) await writeFile(join(directory, "ca.pem"), of.ca)
  const around = (await wall())({ read: [], write: [directory], network: true })
  const ref = of.branch === null ? "HEAD" : `refs/heads/${of.branch}`
  const argv = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--"]
  const asked = [`--git-dir=${directory}`, ...argv, of.url, `+${ref}:refs/heads/main`]
  const result = await run("/usr/bin/env", [...around, gitPath, ...asked], {
    cwd: "/",
    env: environmentFor(directory, of),
    timeoutMs: fetchMs,
    signal: of.signal,
  }).catch((error) => {
    of.signal.throwIfAborted()
    throw error
  })
  of.signal.throwIfAborted()
  if (result.exitCode === 0) return
  throw failure(of, { said: result.stderr.toString().slice(0, 2000), late: result.timedOut })
}

function environmentFor(directory: string, of: BranchElsewhere): Record<string, string> {
  const basic = Buffer.from(`x-access-token:${of.token}`).toString("base64")
  const settings: [string, string][] = [
    ["http.proxy", of.proxy],
    ["http.proxyAuthMethod", "basic"],
    ["http.followRedirects", "initial"],
    ["http.lowSpeedLimit", "1000"],
    ["http.lowSpeedTime", "30"],
    ["core.hooksPath", "/dev/null"],
    ["core.fsmonitor", "false"],
    ["core.bigFileThreshold", "1m"],
    ["credential.helper", ""],
    ["fetch.fsckObjects", "true"],
    ["fetch.unpackLimit", "1"],
    ["gc.auto", "0"],
    ["pack.threads", "1"],
    ["safe.directory", "*"],
    ...(of.ca === undefined
      ? []
      : [["http.sslCAInfo", join(directory, "ca.pem")] as [string, string]]),
    ...(of.token === undefined
      ? []
      : [["http.extraHeader", `Authorization: Basic ${basic}`] as [string, string]]),
  ]
  return {
    PATH: "/usr/local/bin:/usr/bin:/bin",
    HOME: "/nonexistent",
    LC_ALL: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_ALLOW_PROTOCOL: "https",
    GIT_TERMINAL_PROMPT: "0",
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], at) => [
        [`GIT_CONFIG_KEY_${at}`, key],
        [`GIT_CONFIG_VALUE_${at}`, value],
      ]),
    ),
  }
}

/** What git said means for people; its own words stay in the note, and have no token. */
function failure(
  { url, branch, token }: BranchElsewhere,
  { said, late }: { said: string; late: boolean },
) {
  const { host } = new URL(url)
  const note = said
  if (/No space left on device/i.test(said))
    return fault("disk_full", { say: "The server's disk is full. Nothing was brought in.", note })
  if (late)
    return fault("invalid", {
      say: `${host} took longer than five minutes, so it was ended.`,
      note,
    })
  if (/couldn't find remote ref/i.test(said))
    return fault("invalid", { say: `There is no ${branch ?? "newest commit"} at ${url}.`, note })
  if (/could not read (Username|Password)|Authentication failed|error: 40[13]/i.test(said)) {
    const say =
      token === undefined
        ? `${host} asks who wants this. If the repository is private, give a token; else look at its address.`
        : `${host} does not take this token for ${url}.`
    return fault("invalid", { say, note })
  }
  if (/not found|error: 404/i.test(said))
    return fault("invalid", { say: `${host} has no repository at ${url}.`, note })
  if (/certificate|SSL/i.test(said))
    return fault("invalid", { say: `${host} does not prove that it is ${host}.`, note })
  return fault("invalid", { say: `Git could not fetch from ${host}.`, note })
}

async function readInto(git: Git, directory: string): Promise<Brought> {
  const commit = (await git(directory, ["rev-parse", "refs/heads/main"])).stdout.toString().trim()
  const listed = await git(directory, ["ls-tree", "-r", "-l", "-z", commit], {
    maxOutputBytes: 16 * 1024 * 1024,
  })
  if (listed.truncated) throw fault("too_large", { say: "The repository has too many files." })
  const found = listed.stdout.toString().split("\0").filter(Boolean).map(readEntry)
  const { kept, leftOut } = sift(found)
  const contents = await readBlobs(git, directory, kept)
  const changes = kept.map(({ path }, at) => ({ path, content: contents[at] ?? Buffer.of() }))
  const elsewhere = changes.filter(({ content }) => isPointer(content))
  const said = elsewhere.map(({ path }) => `${quoted(path)} is in Git LFS, which is not fetched.`)
  return {
    commit,
    changes: changes.filter((change) => !elsewhere.includes(change)),
    leftOut: briefly([...said, ...leftOut]),
  }
}

type Entry = Candidate & { sha: string }

/** `mode type sha size\tpath` */
function readEntry(row: string): Entry {
  const tab = row.indexOf("\t")
  const [mode = "", , sha = "", size = "0"] = row.slice(0, tab).split(/ +/)
  const kinds = { "100644": "file", "100755": "file", "120000": "link", "160000": "submodule" }
  const kind = (kinds as Record<string, Entry["kind"]>)[mode] ?? "other"
  return { path: row.slice(tab + 1), sha, size: Number(size) || 0, kind }
}

/** What stands in a repository in place of a file that is kept by Git LFS. */
const isPointer = (content: Buffer) =>
  content.length < 400 && content.toString().startsWith("version https://git-lfs.github.com/spec/")
