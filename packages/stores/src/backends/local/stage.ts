import { createHash } from "node:crypto"
import { chmod, readdir, readFile, rename, writeFile } from "node:fs/promises"
import { makeDirectory, stageNode } from "@vibecaas/kernel/stage-node"

/** What every store gets to see of the platform, where other users may read it. */
export interface Staged {
  nodePath: string
  etcDir: string
  /** Folder of programs, by the folder of our own that has them. */
  program(source: string): Promise<string>
}

/** @param dir made if needed, passable for everybody */
export async function stage(dir: string, nodePath: string): Promise<Staged> {
  await makeDirectory(dir)
  const programs = new Map<string, Promise<string>>()
  return {
    ...{ nodePath: await stageNode(dir, nodePath), etcDir: await stageEtc(dir) },
    program(source) {
      const known = programs.get(source) ?? stageProgram(dir, source)
      programs.set(source, known)
      return known
    },
  }
}

/**
 * Copies a folder of our own sources to where other users may read it: the checkout can lie in
 * somebody's closed home.
 *
 * @returns the copy, named by its content
 */
async function stageProgram(dir: string, source: string): Promise<string> {
  const names = (await readdir(source)).filter((name) => name.endsWith(".ts")).sort()
  const contents = await Promise.all(names.map((name) => readFile(`${source}/${name}`)))
  const hash = createHash("sha256")
  for (const [at, name] of names.entries()) hash.update(`${name}\0`).update(contents[at] ?? "")
  const target = `${dir}/program-${hash.digest("hex").slice(0, 16)}`
  await makeDirectory(dir)
  await makeDirectory(target)
  for (const [at, name] of names.entries()) await putFile(`${target}/${name}`, contents[at] ?? "")
  await putFile(`${target}/package.json`, '{ "type": "module" }\n')
  return target
}

/** A small /etc, with a place for each part of the host's own that may be laid over it. */
async function stageEtc(dir: string): Promise<string> {
  const etc = `${dir}/etc`
  for (const name of ["", "/alternatives", "/ssl", "/php", "/mysql"]) {
    await makeDirectory(`${etc}${name}`)
  }
  const files = {
    passwd: "root:x:0:0:root:/:/bin/sh\nstore:x:1000:1000:store:/:/bin/sh\n",
    group: "root:x:0:\nstore:x:1000:\n",
    hosts: "127.0.0.1 localhost\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
    "ld.so.cache": "",
    localtime: "",
  }
  for (const [name, content] of Object.entries(files)) await putFile(`${etc}/${name}`, content)
  return etc
}

async function putFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content)
  await chmod(`${path}.new`, 0o644)
  await rename(`${path}.new`, path)
}
