import type { App } from "@vibecaas/contract/kinds/apps"
import { draftSize } from "@vibecaas/contract/machine-size"
import type { Scripts } from "./app-command.ts"

/** Node itself starts the file anew when it changes; so do we, and then with all its files in place. */
const nodeWatches = /^node (--watch\S* |--env-file\S* )*--watch/

/**
 * How a draft shows files as they change: by the project's own dev server, which sees changes and tells
 * its pages; else by starting the app anew with each commit. Nothing where files must be built first
 * and no dev server does that.
 *
 * What people set as the app's command goes before its scripts.
 */
export function scriptToShow(
  { dev, build }: Scripts,
  command: readonly string[] | null,
): App["script"] | undefined {
  if (command !== null) return build === undefined ? "start" : undefined
  if (dev !== undefined && !nodeWatches.test(dev.trim())) return "dev"
  return build === undefined ? "start" : undefined
}

/** Dev servers that listen where their arguments say, and not on the port in `PORT`. */
const byArguments = [
  { script: /^vite( dev| serve)?( --?\w\S*)*$/, words: ["--strictPort", "--host", "127.0.0.1"] },
]

/** How the script `dev` is started so that it listens on `port`. */
export function devCommand({ dev = "" }: Scripts, port: number): string[] {
  const server = byArguments.find(({ script }) => script.test(dev.trim()))
  if (!server || / --port\b/.test(dev)) return ["node", "--run", "dev"]
  return ["node", "--run", "dev", "--", "--port", String(port), ...server.words]
}

/**
 * What a dev server finds beside the app's own variables.
 *
 * @param host the draft's, without port: Vite answers no host that it was not told of, and Next.js none
 *   that its `allowedDevOrigins` does not name
 */
export const devVariables = (host: string): Record<string, string> => ({
  NODE_ENV: "development",
  DEV_HOST: host,
  __VITE_ADDITIONAL_SERVER_ALLOWED_HOSTS: host,
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  BROWSER: "none",
})

/**
 * Keeps a dev server within its draft's memory. Next.js lets its heap grow to half of what the whole host
 * has, is ended for it after some fifteen edits, and says nothing.
 */
export const devMemory = { NODE_OPTIONS: `--max-old-space-size=${draftSize.memoryMib / 2}` }
