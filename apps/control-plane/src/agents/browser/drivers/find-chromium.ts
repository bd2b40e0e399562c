import { accessSync, constants } from "node:fs"

/** Programs themselves before scripts around them, which read settings that are not in a sandbox. */
const programs = [
  // What looks at pages needs no windows: it takes half of the processor time and memory.
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/lib/chromium/chromium",
  "/usr/lib64/chromium-browser/chromium-browser",
  "/opt/google/chrome/chrome",
  ...["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"].flatMap((name) =>
    ["/usr/local/bin", "/usr/bin"].map((folder) => `${folder}/${name}`),
  ),
]

/** The path of a program that may be run. */
export const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Where Chromium, or what is made of it, is installed; undefined when it is not. */
export const findChromium = (): string | undefined => programs.find(isProgram)
