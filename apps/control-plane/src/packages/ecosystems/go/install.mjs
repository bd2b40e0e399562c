// Installs modules of Go from the registry on this machine's own port.
//
// usage: install.mjs PORT (base | install | lock [MODULE@VERSION...])
//
// base compiles what most programs use of Go itself. install brings the modules that go.sum names, takes
// nothing without its hash there, and compiles what go.mod requires. lock gets modules, or without names
// what the files import, and writes go.mod and go.sum. What the layer has lies in ./gomod and ./gocache.
import { spawnSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { homedir } from "node:os"
import { join, resolve } from "node:path"

const [port, mode, ...names] = process.argv.slice(2)
const registry = `http://127.0.0.1:${port}`
const project = resolve("../project")
const [modules, compiled] = [resolve("gomod"), resolve("gocache")]
const cache = join(homedir(), ".cache/go-build")
const compileMsMax = 180_000

/** Imports what most programs use. */
const program = `package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"log"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	_ "bufio"
	_ "bytes"
	_ "compress/gzip"
	_ "crypto/hmac"
	_ "crypto/rand"
	_ "crypto/sha256"
	_ "database/sql"
	_ "encoding/base64"
	_ "encoding/csv"
	_ "encoding/hex"
	_ "encoding/xml"
	_ "io/fs"
	_ "maps"
	_ "math"
	_ "math/rand/v2"
	_ "net/url"
	_ "slices"
	_ "sort"
	_ "text/template"
	_ "unicode"
)

//go:embed go.mod
var files embed.FS

func main() {
	_, _ = context.WithTimeout(context.Background(), time.Second)
	_, _ = json.Marshal(errors.New(""))
	_ = flag.Parse
	_ = template.New
	slog.Info(fmt.Sprint(files, filepath.Base(""), regexp.QuoteMeta(""), strconv.Itoa(1), strings.ToUpper(""), &sync.Mutex{}))
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	log.Fatal(http.ListenAndServe("", nil))
}
`

const test = `package main

import (
	"net/http/httptest"
	"os/exec"
	"testing"
)

func Test(t *testing.T) { _ = httptest.NewServer; _ = exec.Command }
`

const proves = await fetch(`${registry}/sumdb/sum.golang.org/supported`)
// A Go that the platform brought, in this layer or in the one below.
const own = existsSync("gosdk") ? `${resolve("gosdk/bin")}:` : ""
const env = {
  ...process.env,
  PATH: `${own}${process.env.PATH}`,
  GOPROXY: registry,
  // Where the proxy passes on no proofs, the hashes that our registry took from its database count.
  GOSUMDB: proves.ok ? "sum.golang.org" : "off",
  GOFLAGS: `${process.env.GOFLAGS} -modcacherw`,
  GOMODCACHE: modules,
  GOCACHE: cache,
}

mkdirSync(project, { recursive: true })

/** Ends with Go's own words when it fails. */
function go(args, more = {}) {
  const ended = spawnSync("go", args, {
    cwd: project,
    env,
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 256 * 1024 * 1024,
    ...more,
  })
  if (ended.status !== 0 && !more.mayFail) process.exit(ended.status ?? 1)
  return String(ended.stdout ?? "")
}

const textOf = (name) =>
  existsSync(join(project, name)) ? readFileSync(join(project, name), "utf8") : ""
const requirements = () => JSON.parse(go(["mod", "edit", "-json"])).Require ?? []

function compileBase() {
  const files = { "go.mod": "module base\n\ngo 1.21\n", "main.go": program, "main_test.go": test }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text)
  go(["test", "."])
  go(["build", "-o", "base", "."])
  keepCompiled()
}

function install() {
  const sums = textOf("go.sum")
  const known = sums.split("\n").flatMap((line) => {
    const [module, version] = line.split(" ")
    return version && !version.endsWith("/go.mod") ? [`${module}@${version}`] : []
  })
  const { Go = "1.0", Require, Replace } = JSON.parse(go(["mod", "edit", "-json"]))
  const named = new Set(Require?.map(({ Path, Version }) => `${Path}@${Version}`))
  // Since Go 1.17 all that is compiled is named; what else has a hash is for tests of others.
  const isWhole = Number(Go.split(".")[1]) >= 17 && !Replace
  const archives = isWhole ? known.filter((each) => named.has(each)) : known
  if (archives.length > 0) go(["mod", "download", ...archives])
  if (textOf("go.sum") !== sums) {
    console.error("go.sum does not have the hashes of all that go.mod requires. Install them anew.")
    process.exit(1)
  }
  // What go.mod of others says is read by some commands.
  go(["list", "-m", "all"], { mayFail: true, stdio: "ignore" })
  compileModules()
  keepCompiled()
  clear()
}

/** What a program may import of modules that the project names. What does not compile is left to its build. */
function compileModules() {
  const direct = requirements().filter(({ Indirect }) => !Indirect)
  if (direct.length === 0) return
  const ready = '{{if not (or .Error .DepsErrors (eq .Name "main"))}}{{.ImportPath}}{{end}}'
  const all = direct.map(({ Path }) => `${Path}/...`)
  const listed = go(["list", "-mod=mod", "-e", "-f", ready, ...all], { mayFail: true })
  const packages = listed.split("\n").filter((each) => each && !/(^|\/)internal(\/|$)/.test(each))
  if (packages.length === 0) return
  go(["build", ...packages], { mayFail: true, timeout: compileMsMax, stdio: "ignore" })
}

/** Takes along what was compiled here, and not what another layer has. */
function keepCompiled() {
  for (const part of readdirSync(cache)) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue
    for (const name of readdirSync(join(cache, part))) {
      const from = join(cache, part, name)
      if (lstatSync(from).isSymbolicLink()) continue
      mkdirSync(join(compiled, part), { recursive: true })
      cpSync(from, join(compiled, part, name), { recursive: true })
    }
  }
}

/** Takes away what only a download needs. */
function clear() {
  const downloads = join(modules, "cache/download")
  for (const path of existsSync(downloads) ? readdirSync(downloads, { recursive: true }) : [])
    if (/\.(zip|lock|tmp)$/.test(path)) rmSync(join(downloads, path), { force: true })
  rmSync(".gosdk", { force: true })
  for (const path of ["cache/lock", "cache/vcs", "cache/download/sumdb"])
    rmSync(join(modules, path), { recursive: true, force: true })
}

function lock() {
  if (textOf("go.mod") === "") go(["mod", "init", "app"])
  if (names.length === 0) go(["mod", "tidy"])
  else go(["get", ...names])
  const found = requirements()
  const archives = found.map(({ Path, Version }) => `${Path}@${Version}`)
  if (archives.length > 0) go(["mod", "download", ...archives])
  writeFileSync(join(project, "go.mod"), withNotes(textOf("go.mod"), found))
  if (!existsSync(join(project, "go.sum"))) writeFileSync(join(project, "go.sum"), "")
}

/** Modules that were asked for by name are the project's own wish, and each has its licence beside it. */
function withNotes(text, found) {
  const asked = names.filter((each) => !each.endsWith("@none")).map((each) => each.split("@")[0])
  const ofModule = (path) =>
    found
      .map(({ Path }) => Path)
      .filter((each) => path === each || path.startsWith(`${each}/`))
      .sort((one, other) => other.length - one.length)[0]
  const direct = new Set(asked.map(ofModule))
  const versions = new Map(found.map(({ Path, Version }) => [Path, Version]))
  return text.replace(/^(\s*(?:require )?)(\S+) (v\S+)( \/\/.*)?$/gm, (line, ...groups) => {
    const [before, module, version, comment = ""] = groups
    if (versions.get(module) !== version) return line
    const notes = [
      ...(/^ \/\/ indirect\b/.test(comment) && !direct.has(module) ? ["indirect"] : []),
      ...[licenceOf(module, version)].filter(Boolean).map((licence) => `licence ${licence}`),
    ]
    return `${before}${module} ${version}${notes.length > 0 ? ` // ${notes.join("; ")}` : ""}`
  })
}

/** Words by which a licence is known, the more particular ones first. */
const licences = [
  ["AGPL-3.0", /GNU AFFERO GENERAL PUBLIC LICENSE/i],
  ["LGPL-3.0", /GNU LESSER GENERAL PUBLIC LICENSE/i],
  ["GPL-3.0", /GNU GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["GPL-2.0", /GNU GENERAL PUBLIC LICENSE\s+Version 2/i],
  ["MPL-2.0", /Mozilla Public License,? (Version|v\.?) ?2\.0/i],
  ["Apache-2.0", /Apache License,?\s+Version 2\.0/i],
  ["Unlicense", /This is free and unencumbered software/i],
  ["CC0-1.0", /CC0 1\.0 Universal/i],
  [
    "BSD-3-Clause",
    /Redistribution and use[\s\S]*(Neither the name|names? of (its|the) contributors)/i,
  ],
  ["BSD-2-Clause", /Redistribution and use in source and binary forms/i],
  ["ISC", /Permission to use, copy, modify, and\/or distribute/i],
  ["MIT", /Permission is hereby granted, free of charge/i],
]

function licenceOf(module, version) {
  const small = (text) => text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)
  const folder = join(modules, `${small(module)}@${small(version)}`)
  const files = existsSync(folder) ? readdirSync(folder) : []
  const name = files.find((each) => /^(licen[cs]e|copying|unlicense)(\.(md|txt))?$/i.test(each))
  if (name === undefined) return undefined
  const text = readFileSync(join(folder, name), "utf8")
  return licences.find(([, words]) => words.test(text))?.[0]
}

if (mode === "base") compileBase()
else if (mode === "lock") lock()
else install()
