import { indexPath } from "./crate-places.ts"
import { type Dialect, fileBy } from "./make-wire.ts"
import { parseJson } from "./parse-json.ts"
import { Refusal } from "./refusal.ts"
import { readWhole, type Upstream } from "./upstream.ts"

const name = "[A-Za-z][A-Za-z0-9_-]{0,63}"
const part = "[A-Za-z0-9_-]"

/** The sparse index of crates, and their archives. */
export const crates: Dialect = {
  name: "crates",
  type: "text/plain",
  accept: "text/plain, */*;q=0.1",
  documentBytesMax: 32 * 1024 * 1024,
  documentPath: new RegExp(`^/(?:[12]|3/${part}|${part}{2}/${part}{2})/(${name})$`),
  fileAt: fileBy(new RegExp(`^/crates/(${name})/(${name}-[0-9][A-Za-z0-9.+-]{0,100}\\.crate)$`)),
  plainName: (of) => of.toLowerCase(),
  urlOf: (of, base) => new URL(indexPath(of), base),
  locate,
  about: (host) => ({
    "/config.json": { dl: `http://${host}/crates/{crate}/{crate}-{version}.crate` },
  }),
}

/** An index says once for all where its archives are. @throws Refusal */
async function locate(archive: URL, upstream: Upstream): Promise<URL> {
  const [version = "", of = ""] = archive.pathname.split("/").reverse()
  const answer = await upstream.get(new URL("config.json", upstream.base))
  const told = parseJson(await readWhole(answer, 64 * 1024))
  const dl = told !== null && typeof told === "object" && "dl" in told ? told.dl : undefined
  if (typeof dl !== "string" || !URL.canParse(dl)) {
    throw new Refusal(502, `${upstream.base.host} does not say where crates are.`)
  }
  const folder = indexPath(of).split("/").slice(0, -1).join("/")
  const known: Record<string, string> = {
    ...{ crate: of, version, prefix: folder, lowerprefix: folder },
  }
  const filled = dl.replace(/\{(\w+)\}/g, (whole, word: string) => known[word] ?? whole)
  return new URL(filled === dl ? `${dl.replace(/\/*$/, "")}/${of}/${version}/download` : filled)
}
