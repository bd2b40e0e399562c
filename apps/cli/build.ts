import { join } from "node:path"
import { rolldown } from "rolldown"

/**
 * Builds the program as one file without dependencies.
 *
 * @param file where it goes, e.g. `vibecaas.mjs`
 */
export async function buildCli(file: string): Promise<void> {
  const bundle = await rolldown({
    input: join(import.meta.dirname, "src/vibecaas.ts"),
    platform: "node",
  })
  await bundle.write({
    ...{ file, format: "esm", minify: true, banner: "#!/usr/bin/env node" },
    codeSplitting: false,
  })
  await bundle.close()
}

const [out] = process.argv.slice(2)
if (import.meta.main) await buildCli(out ?? "vibecaas.mjs")
