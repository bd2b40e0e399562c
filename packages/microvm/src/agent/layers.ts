import { cp, lstat } from "node:fs/promises"
import type { MuxStream } from "../guest-mux.ts"
import { Refusal } from "./config.ts"
import { addCompiledGo, linkGoModules, settingsOfGo, unlinkGoModules } from "./layer-of-go.ts"
import { linkGo, pathOfGo, unlinkGo } from "./layer-of-go-itself.ts"
import { linkNodePackages, unlinkNodePackages } from "./layer-of-node.ts"
import { linkPythonPackages, unlinkPythonPackages, venvOf } from "./layer-of-python.ts"
import {
  linkCompiledCrates,
  linkCrates,
  settingsOfRust,
  unlinkCompiledCrates,
  unlinkCrates,
} from "./layer-of-rust.ts"
import type { Ops } from "./ops.ts"

/** Where layers lie that came by the stream, because the driver shows none. */
const unpacked = "/tmp/layers"
const plainName = /^[0-9a-f]{64}$/

/** One folder of a layer, and how a folder of the machine uses it. */
interface LayerPart {
  name: string
  use(ops: Ops, from: string, target: string): Promise<void>
  /** takes away what leads into layers, which lie below `roots`, and nothing else */
  drop(roots: readonly string[], target: string): Promise<void>
  /** what programs that run in a folder need to find what is linked there */
  settings?(folder: string, env: Readonly<Record<string, string>>): Record<string, string>
}

const parts: readonly LayerPart[] = [
  { name: "node_modules", use: linkNodePackages, drop: unlinkNodePackages },
  { name: "venv", use: linkPythonPackages, drop: unlinkPythonPackages, settings: venvOf },
  { name: "gosdk", use: linkGo, drop: unlinkGo, settings: pathOfGo },
  { name: "gomod", use: linkGoModules, drop: unlinkGoModules, settings: settingsOfGo },
  { name: "gocache", use: addCompiledGo, drop: async () => {} },
  { name: "crates", use: linkCrates, drop: unlinkCrates, settings: settingsOfRust },
  { name: "cargo-target", use: linkCompiledCrates, drop: unlinkCompiledCrates },
  {
    name: "files",
    use: (_ops, from, target) => cp(from, target, { recursive: true, verbatimSymlinks: true }),
    drop: async () => {},
  },
]

/**
 * Makes a folder use a layer. Answers the layer's own path, or `null` when the machine does not
 * have it yet. What is in the layer's `files` is copied into the folder; packages are linked.
 */
export async function useLayer(
  ops: Ops,
  stream: MuxStream,
  { name, folder }: { name: string; folder: string },
): Promise<void> {
  const target = await ops.paths.inside(folder)
  const layer = await find(ops, name)
  if (layer === undefined) return stream.result({ path: null })
  for (const part of parts) {
    const from = `${layer}/${part.name}`
    if (!(await isThere(from))) continue
    await part.drop(rootsOf(ops), target)
    await part.use(ops, from, target)
  }
  stream.result({ path: layer })
}

/** Takes away the links of whatever layers a folder used. */
export async function dropLayers(
  ops: Ops,
  stream: MuxStream,
  { folder }: { folder: string },
): Promise<void> {
  const target = await ops.paths.inside(folder)
  for (const part of parts) await part.drop(rootsOf(ops), target)
  stream.result({})
}

/** What is set for whatever runs in a folder, given what is set everywhere. */
export function settingsOf(
  folder: string,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  // One after the other: several add to the path.
  const all = { ...env }
  for (const { settings } of parts) Object.assign(all, settings?.(folder, all))
  return all
}

async function find({ config, paths }: Ops, name: string): Promise<string | undefined> {
  if (!plainName.test(name)) throw new Refusal("outside", "that is no layer's name")
  const shown = config.layers === null ? undefined : `${config.layers}/${name}`
  if (shown !== undefined && (await isThere(shown))) return shown
  const own = paths.real(`${unpacked}/${name}`)
  return (await isThere(own)) ? own : undefined
}

const rootsOf = ({ config, paths }: Ops): string[] =>
  [config.layers, paths.real(unpacked)].filter((root) => root !== null)

const isThere = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  )
