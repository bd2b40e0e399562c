/** A moment in a sentence, e.g. `2026-11-30 20:03 UTC`: a sentence is written once and read anywhere. */
export const sayMinute = (at: Date): string =>
  `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`
