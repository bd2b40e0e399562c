import { type Dialect, fileBy } from "./make-wire.ts"

/** Matches a package's name, in a scope or not. */
export const packageName = "(?:@[a-z0-9~-][a-z0-9._~-]*\\/)?[A-Za-z0-9_~-][A-Za-z0-9._~-]*"

/** The wire of npm's registry: documents of packages, and their tarballs. */
export const npm: Dialect = {
  name: "npm",
  type: "application/json",
  accept: "application/vnd.npm.install-v1+json; q=1.0, application/json; q=0.8",
  documentBytesMax: 128 * 1024 * 1024,
  documentPath: new RegExp(`^/(${packageName})$`),
  fileAt: fileBy(new RegExp(`^/(${packageName})/-/([A-Za-z0-9][A-Za-z0-9._+~-]*\\.tgz)$`)),
  urlOf: (name, base) => new URL(name.replace("/", "%2f"), base),
}
