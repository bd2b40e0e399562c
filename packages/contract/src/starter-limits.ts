/** What a parameter allows that does not say it itself. */
export const parameterLimits = {
  textChars: 200,
  longTextChars: 4000,
  items: 40,
  itemChars: 80,
  modelBytes: 64 * 1024,
} as const
