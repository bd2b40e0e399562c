/** Where Go's own installer puts it, which no system's path names. */
export const goFolder = "/usr/local/go/bin"

/** How languages behave in every machine: what they print is seen at once, and nothing is fetched. */
export const languageSettings = {
  PYTHONUNBUFFERED: "1",
  PYTHONDONTWRITEBYTECODE: "1",
  GOTOOLCHAIN: "local",
  GOPROXY: "off",
  GOSUMDB: "off",
  // What is compiled is the same wherever its files lie, and needs no compiler of C.
  GOFLAGS: "-buildvcs=false -trimpath",
  CGO_ENABLED: "0",
  CARGO_NET_OFFLINE: "true",
  CARGO_INCREMENTAL: "0",
  CARGO_TERM_COLOR: "never",
}
