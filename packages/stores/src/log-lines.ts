/** Without control characters but tabs: a log is shown to people. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.replaceAll(controls, "").slice(0, 4000))
    .filter((line) => line !== "")

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const controls = /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g
