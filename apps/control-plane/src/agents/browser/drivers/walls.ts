import { dirname } from "node:path"
import { isProgram } from "./find-chromium.ts"

/** A command that becomes a Chromium which speaks over descriptors 3 and 4, and how it is walled off. */
export interface Command {
  file: string
  argv: string[]
  walls: "namespace" | "own"
}

export interface Around {
  /** of Chromium */
  program: string
  nodePath: string
  /** a directory that holds nothing but our sockets, the only way out */
  sockets: string
  /** a directory for the profile of one outside of a namespace */
  profile: string
}

const bwrap = "/usr/bin/bwrap"
const bridge = `${import.meta.dirname}/bridge.ts`
const inside = { node: "/opt/eyes/node", bridge: "/opt/eyes/bridge.ts", sockets: "/opt/eyes/out" }

/**
 * The ways to start it, the strongest walls first: in a namespace there is no network but the bridge,
 * and Chromium's own sandbox stands inside where it can. Outside of a namespace it is never started
 * without its own.
 */
export function commandsFor(around: Around): Command[] {
  const { program, nodePath, sockets, profile } = around
  const plain = [...quietly, bridge, sockets, program, ...flags, `--user-data-dir=${profile}`]
  const own: Command = { file: nodePath, argv: plain, walls: "own" }
  if (!isProgram(bwrap)) return [own]
  const within = [
    ...[...namespace(around), "--", inside.node, ...quietly, inside.bridge, inside.sockets],
    ...[program, ...flags, "--user-data-dir=/tmp/profile"],
  ]
  const walled = (argv: string[]): Command => ({ file: bwrap, argv, walls: "namespace" })
  return [walled(within), walled([...within, "--no-sandbox"]), own]
}

const quietly = ["--disable-warning=ExperimentalWarning"]

function namespace({ program, sockets, nodePath }: Around): string[] {
  const bind = (path: string, at = path) => ["--ro-bind", path, at]
  const system = ["/bin", "/lib", "/lib64", "/etc/fonts", "/etc/alternatives", "/etc/ld.so.cache"]
  const memory = (mib: number, at: string) => ["--size", String(mib * 2 ** 20), "--tmpfs", at]
  return [
    ...["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"],
    ...["--unshare-cgroup-try", "--uid", "1000", "--gid", "1000", "--hostname", "eyes"],
    ...["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"],
    ...["--setenv", "HOME", "/tmp", "--setenv", "LANG", "C.UTF-8"],
    ...["--setenv", "PATH", "/usr/bin:/bin"],
    ...bind("/usr"),
    ...[...system, "/var/cache/fontconfig"].flatMap((path) => ["--ro-bind-try", path, path]),
    ...(program.startsWith("/usr/") ? [] : bind(dirname(program))),
    ...bind(nodePath, inside.node),
    ...bind(bridge, inside.bridge),
    ...bind(sockets, inside.sockets),
    ...["--proc", "/proc", "--dev", "/dev", ...memory(256, "/dev/shm"), ...memory(256, "/tmp")],
    ...["--remount-ro", "/", "--chdir", "/tmp"],
  ]
}

/** Nothing calls home, nothing but the proxy is reached, and a page looks the same everywhere. */
const flags = [
  ...["--headless", "--remote-debugging-pipe", "--no-startup-window", "--hide-scrollbars"],
  ...["--no-first-run", "--no-default-browser-check", "--disable-default-apps", "--mute-audio"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
  ...["--disable-extensions", "--disable-breakpad", "--disable-quic", "--no-pings"],
  ...["--disable-domain-reliability", "--disable-field-trial-config", "--disable-gpu"],
  ...["--disable-search-engine-choice-screen", "--disable-back-forward-cache"],
  ...["--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows"],
  ...["--disable-renderer-backgrounding", "--disable-hang-monitor"],
  ...["--force-color-profile=srgb", "--password-store=basic"],
  `--disable-features=${[
    ...["HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "MediaRouter", "OptimizationHints"],
    ...["NetworkTimeServiceQuerying", "PreconnectToSearch", "PaintHolding"],
  ].join()}`,
  "--js-flags=--max-old-space-size=512",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  "--proxy-bypass-list=<-loopback>",
]
