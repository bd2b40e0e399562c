/** Pieces of the patterns that follow-ups are read by. */

export const quote = `["']?`
export const the = `(?:(?:the|a|an|my|our|its|their|each|every|all|this)\\s+)?`
