import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { lstat, mkdir, readdir, rm } from "node:fs/promises"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { pipeline } from "node:stream/promises"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"
import { inputOf } from "./stream-input.ts"

/**
 * Sends a folder as a tar archive on channel 0. The app stands still meanwhile, so that what it
 * writes is packed as it was at one moment.
 */
export async function pack(ops: Ops, stream: MuxStream, { root }: { root: string }): Promise<void> {
  const thaw = ops.app.freeze()
  try {
    const tar = startTar(ops, ["--create", "--file=-", "."], await folderOf(ops, root))
    stream.events = { closed: () => void tar.kill("SIGKILL") }
    tar.stdin?.end()
    const ended = endOf(tar)
    for await (const bytes of tar.stdout ?? []) if (!(await stream.send(bytes))) break
    await ended
    stream.result({})
  } finally {
    thaw()
  }
}

/** Empties a folder, made when it is not there, and fills it from the tar archive that the stream carries. */
export async function unpack(
  ops: Ops,
  stream: MuxStream,
  { root }: { root: string },
): Promise<void> {
  const archive = inputOf(stream)
  await mkdir(await ops.paths.inside(root), { recursive: true })
  const cwd = await folderOf(ops, root)
  for (const name of await readdir(cwd)) await rm(join(cwd, name), { recursive: true, force: true })
  const tar = startTar(ops, ["--extract", "--no-same-owner", "--file=-"], cwd)
  tar.stdout?.resume()
  const ended = endOf(tar)
  if (tar.stdin) pipeline(archive, tar.stdin).catch(() => tar.kill("SIGKILL"))
  await ended
  stream.result({})
}

async function folderOf(ops: Ops, path: string): Promise<string> {
  const folder = await ops.paths.inside(path)
  if ((await lstat(folder)).isDirectory()) return folder
  throw new Refusal("not_a_file", `${path} is no folder`)
}

const startTar = (ops: Ops, args: string[], cwd: string) =>
  spawn("tar", args, { cwd, env: ops.config.env, stdio: ["pipe", "pipe", "pipe"] })

async function endOf(tar: ChildProcess): Promise<void> {
  const said = tar.stderr ? text(tar.stderr) : Promise.resolve("")
  said.catch(() => {})
  const [exitCode, signal] = await once(tar, "close").catch((error) => {
    throw new Refusal("spawn_failed", error.message)
  })
  if (exitCode === 0) return
  const words = await said
  const full = /no space left|disk quota/i.test(words)
  throw new Refusal(full ? "disk_full" : "failed", `tar: ${signal ?? words.slice(-500)}`)
}
