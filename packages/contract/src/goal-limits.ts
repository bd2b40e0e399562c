/** characters of a goal, and of what is written to agents at work */
export const goalCharsMax = 4000
