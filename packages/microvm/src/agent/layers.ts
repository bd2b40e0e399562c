import { cp, lstat, mkdir, readdir, readlink, rm, symlink } from "node:fs/promises"
import { join } from "node:path"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import type { Ops } from "./ops.ts"

/** Where layers lie that came by the stream, because the driver shows none. */
const unpacked = "/tmp/layers"
const plainName = /^[0-9a-f]{64}$/

/**
 * Makes a folder use a layer. Answers the layer's own path, or `null` when the machine does not
 * have it yet.
 *
 * - `node_modules` of a layer become links in the folder's own, which stays writable: tools keep
 *   their caches there, and a package is resolved from where it really lies.
 * - `files` are copied into the folder.
 */
export async function useLayer(
  ops: Ops,
  stream: MuxStream,
  { name, folder }: { name: string; folder: string },
): Promise<void> {
  const target = await ops.paths.inside(folder)
  const layer = await find(ops, name)
  if (layer === undefined) return stream.result({ path: null })
  if (await isThere(`${layer}/node_modules`)) await link(ops, `${layer}/node_modules`, target)
  if (await isThere(`${layer}/files`)) {
    await cp(`${layer}/files`, target, { recursive: true, verbatimSymlinks: true })
  }
  stream.result({ path: layer })
}

/** Takes away the links of whatever layers a folder used. */
export async function dropLayers(
  ops: Ops,
  stream: MuxStream,
  { folder }: { folder: string },
): Promise<void> {
  await unlink(ops, `${await ops.paths.inside(folder)}/node_modules`)
  stream.result({})
}

async function find({ config, paths }: Ops, name: string): Promise<string | undefined> {
  if (!plainName.test(name)) throw new Refusal("outside", "that is no layer's name")
  const shown = config.layers === null ? undefined : `${config.layers}/${name}`
  if (shown !== undefined && (await isThere(shown))) return shown
  const own = paths.real(`${unpacked}/${name}`)
  return (await isThere(own)) ? own : undefined
}

async function link(ops: Ops, packages: string, target: string): Promise<void> {
  const folder = `${target}/node_modules`
  const stats = await lstat(folder).catch(() => undefined)
  if (stats && !stats.isDirectory()) await rm(folder, { force: true })
  await mkdir(folder, { recursive: true })
  await unlink(ops, folder)
  for (const name of await readdir(packages)) {
    if (!name.startsWith("@")) await put(join(packages, name), join(folder, name))
    else {
      const scope = join(folder, name)
      await mkdir(scope, { recursive: true })
      for (const each of await readdir(join(packages, name)))
        await put(join(packages, name, each), join(scope, each))
    }
  }
}

/** What somebody has put there by hand gives way: the lock file says what is installed. */
async function put(to: string, at: string): Promise<void> {
  await rm(at, { recursive: true, force: true })
  await symlink(to, at)
}

async function unlink(ops: Ops, folder: string): Promise<void> {
  const roots = [ops.config.layers, ops.paths.real(unpacked)].filter((root) => root !== null)
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    if (name.startsWith("@")) await unlink(ops, path)
    const leads = await readlink(path).catch(() => undefined)
    if (leads !== undefined && roots.some((root) => leads.startsWith(`${root}/`))) await rm(path)
  }
}

const isThere = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )
