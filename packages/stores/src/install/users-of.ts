import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"

/** Ids of processes whose command or environment names a folder, as all do that run from an install. */
export async function usersOf(dir: string, proc = "/proc"): Promise<number[]> {
  const ids = (await readdir(proc)).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    ids.map(async (id) => {
      const texts = await Promise.all(
        ["cmdline", "environ"].map((file) =>
          readFile(join(proc, id, file), "utf8").catch(() => ""),
        ),
      )
      return texts.some((text) => text.includes(`${dir}/`)) ? [Number(id)] : []
    }),
  )
  return found.flat()
}
