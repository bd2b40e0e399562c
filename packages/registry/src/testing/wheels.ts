import { createHash } from "node:crypto"
import type { ServerResponse } from "node:http"
import { zip } from "./zip.ts"

/** A Python package as its maker published it, as a wheel for every machine. */
export interface Wheel {
  name: string
  version: string
  /** as in `click>=8` */
  requires?: readonly string[]
  licence?: string
  /** names of programs, by what they call, as in `tool:main` */
  programs?: Readonly<Record<string, string>>
  /** by path; a module of the package's name that knows its version when absent */
  files?: Readonly<Record<string, string>>
}

export const wheelFile = ({ name, version }: Wheel): string =>
  `${name.replaceAll("-", "_")}-${version}-py3-none-any.whl`

export const sha256Of = (bytes: string | Buffer): string =>
  createHash("sha256").update(bytes).digest("hex")

/** The same bytes each time. */
export function wheel({ name, version, ...about }: Wheel): Buffer {
  const { requires = [], licence = "MIT", programs = {} } = about
  const module = name.replaceAll("-", "_")
  const info = `${module}-${version}.dist-info`
  const metadata = [
    "Metadata-Version: 2.1",
    `Name: ${name}`,
    `Version: ${version}`,
    `License: ${licence}`,
    ...requires.map((each) => `Requires-Dist: ${each}`),
    "",
  ].join("\n")
  const scripts = Object.entries(programs).map(([program, call]) => `${program} = ${call}\n`)
  const files: Record<string, string> = {
    ...(about.files ?? { [`${module}.py`]: `version = ${JSON.stringify(version)}\n` }),
    [`${info}/METADATA`]: metadata,
    [`${info}/WHEEL`]:
      "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    ...(scripts.length > 0
      ? { [`${info}/entry_points.txt`]: `[console_scripts]\n${scripts.join("")}` }
      : {}),
  }
  const record = [...Object.keys(files), `${info}/RECORD`].map((path) => `${path},,\n`).join("")
  return zip({ ...files, [`${info}/RECORD`]: record })
}

/** The simple index, and its files. Of a project that nobody published it has one, whose bytes are its name. */
export function answerPython(
  response: ServerResponse,
  of: { base: string; project: string; file: string | undefined; wheels: readonly Wheel[] },
): void {
  const { base, project, file, wheels } = of
  if (project === "missing") return void response.writeHead(404).end()
  const known = wheels.map((one) => ({ filename: wheelFile(one), bytes: wheel(one) }))
  const some = { filename: `${project}-1.0-py3-none-any.whl`, bytes: Buffer.from(project) }
  const all = known.length > 0 ? known : [some]
  if (file) {
    const found = all.find(({ filename }) => filename === file)
    return void (found ? response.end(found.bytes) : response.writeHead(404).end())
  }
  const files = all.map(({ filename, bytes }) => ({
    filename,
    url: `${base}wheels/${project}/${filename}`,
    hashes: { sha256: sha256Of(bytes) },
  }))
  response.end(JSON.stringify({ name: project, files }))
}
