/**
 * What a child says of itself to what it hangs on. The words are the parent's: whatever the child
 * calls its states, it is at work, asks people something, is on its way up, up, down, broken, or nothing of note.
 */
export const phases = [
  "none",
  "working",
  "asking",
  "starting",
  "up",
  "stopped",
  "crashed",
  "failed",
] as const
export type Phase = (typeof phases)[number]
