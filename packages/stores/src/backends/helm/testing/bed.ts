import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { run } from "@vibecaas/kernel/spawn"

/** A real cluster for tests, of a folder with `kube up|load|env|down DIR`. */
export interface Bed {
  kubeconfig: string
  /** programs of the bed: `helm`, `kubectl` */
  bin: string
  /** an empty folder, removed with the bed */
  dir: string
  /** the host's address at the cluster */
  hostAddress: string
  /** what a program printed; one of the bed's by its name. @throws with its last words */
  printed(argv: readonly string[], input?: string): Promise<string>
  /** puts an image on its node, made of a folder */
  load(name: string, folder: string): Promise<void>
  close(): Promise<void>
}

export const bedNeeded =
  "needs a folder whose `kube up|env|load|down DIR` run a real cluster, and root; say where by VIBECAAS_TEST_KUBERNETES_BED"

const callMs = 240_000

export async function openBed(folder: string): Promise<Bed> {
  const dir = mkdtempSync(join(tmpdir(), "helm-bed-"))
  const place = join(dir, "bed")
  const cache = resolve(import.meta.dirname, "../../../../../../.cache/beds/kubernetes")
  mkdirSync(cache, { recursive: true })
  const bin = join(cache, "bin")
  const kubeconfig = join(place, "kubeconfig")
  const env = {
    ...{ PATH: `${bin}:${process.env.PATH ?? ""}`, HOME: dir, KUBECONFIG: kubeconfig },
    ...{ KUBE_BIN: bin, KUBE_DIR: place },
  }
  const printed: Bed["printed"] = async ([program = "", ...rest], input) => {
    const options = { env, timeoutMs: callMs, ...(input === undefined ? {} : { stdin: input }) }
    const { exitCode, stdout, stderr } = await run(program, rest, options)
    if (exitCode === 0) return stdout.toString("utf8")
    throw new Error(`${program} ${rest.join(" ")}: ${`${stdout}${stderr}`.slice(-2000)}`)
  }
  const kube = (...argv: string[]) => printed([join(folder, "kube"), ...argv])
  await kube("up", place)
  const index = readFileSync(join(place, "index"), "utf8").trim()
  return {
    ...{ kubeconfig, bin, dir, printed, hostAddress: `10.199.${index}.1` },
    async load(name, root) {
      const archive = join(dir, "image.tar")
      await kube("mkimage", name, archive, root, "-u", "1000", "--", "/usr/local/bin/node")
      await kube("load", place, archive)
      rmSync(archive)
    },
    async close() {
      await kube("down", place)
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
