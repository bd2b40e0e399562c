import { existsSync } from "node:fs"

/** The one without windows first: tests need half of the processor time with it. */
const programs = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
]

/** Where a Chromium for tests is installed; undefined when there is none. */
export const findBrowser = (): string | undefined => programs.find(existsSync)
