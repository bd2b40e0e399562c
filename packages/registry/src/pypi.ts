import { type Dialect, fileBy } from "./make-wire.ts"

const project = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
const simple = "application/vnd.pypi.simple.v1+json"

/** The simple index of Python packages (PEP 503 and 691). */
export const pypi: Dialect = {
  name: "pypi",
  type: simple,
  accept: simple,
  documentBytesMax: 64 * 1024 * 1024,
  documentPath: new RegExp(`^/simple/(${project})/?$`),
  fileAt: fileBy(new RegExp(`^/files/(${project})/([A-Za-z0-9][A-Za-z0-9._+!-]*)$`)),
  urlOf: (name, base) => new URL(`simple/${name}/`, base),
}
