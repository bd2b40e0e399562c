/** A line of code: pieces in order, each with the classes of its colour, none where it has none. */
export type CodeLine = readonly { text: string; look: string }[]

export const plainLines = (text: string): readonly CodeLine[] =>
  text.split("\n").map((line) => (line === "" ? [] : [{ text: line, look: "" }]))
