/**
 * The mode that a file has where nobody says one: what can be run as a program is executable. That is a script that
 * names its interpreter, and a program of Linux.
 */
export const usualMode = (content: Uint8Array): 0o755 | 0o644 =>
  starts(content, [0x23, 0x21]) || starts(content, [0x7f, 0x45, 0x4c, 0x46]) ? 0o755 : 0o644

const starts = (content: Uint8Array, bytes: readonly number[]) =>
  bytes.every((byte, at) => content[at] === byte)
