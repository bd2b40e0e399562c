import { spawnSync } from "node:child_process"
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { trackedFiles } from "./tracked-files.ts"

/** A copy of this checkout's sources in which a test may do what a person would do. */
export interface CheckoutCopy {
  root: string
  /** adds a file that was not there */
  add(file: string, text: string): void
  /** changes a file that is there; every such file counts as one central edit */
  edit(file: string, change: { at: string; put: string }): void
  /** writes a file that is generated, which is nobody's edit */
  replace(file: string, text: string): void
  /** files that were edited, each once */
  edited(): string[]
  /** runs a Node program of the packages in the copy */
  node(...argv: string[]): { status: number | null; output: string }
  remove(): void
}

const checkout = resolve(import.meta.dirname, "../..")
const copied = /^(packages|apps)\/|^docs\/glossary\.md$|^[^/]+\.json$/

export function copyCheckout(): CheckoutCopy {
  const root = mkdtempSync(join(tmpdir(), "checkout-"))
  for (const file of trackedFiles(checkout).filter((name) => copied.test(name)))
    cpSync(join(checkout, file), join(root, file))
  linkPackages(root)
  const edited = new Set<string>()
  return {
    root,
    add(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text, { flag: "wx" })
    },
    edit(file, { at, put }) {
      const text = readFileSync(join(root, file), "utf8")
      if (!text.includes(at)) throw new Error(`${file} has no “${at}” any more`)
      writeFileSync(join(root, file), text.replace(at, `${put}${at}`))
      edited.add(file)
    },
    replace: (file, text) => writeFileSync(join(root, file), text),
    edited: () => [...edited],
    node(...argv) {
      const { VITEST: _, NODE_OPTIONS: __, ...env } = process.env
      const options = { cwd: root, encoding: "utf8", env, timeout: 240_000 } as const
      const { status, stdout, stderr } = spawnSync(process.execPath, argv, options)
      return { status, output: stdout + stderr }
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}

/** Packages of others are those of the checkout; our own are the copy's. */
function linkPackages(root: string): void {
  const packages = join(root, "node_modules")
  mkdirSync(join(packages, "@vibecaas"), { recursive: true })
  for (const name of readdirSync(join(checkout, "node_modules")))
    if (name !== "@vibecaas" && !name.startsWith(".vite"))
      symlinkSync(join(checkout, "node_modules", name), join(packages, name))
  for (const name of readdirSync(join(root, "packages")))
    symlinkSync(join(root, "packages", name), join(packages, "@vibecaas", name))
}
