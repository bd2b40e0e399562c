/** The pattern of `like` for what contains a text, which has no wildcards of its own. */
export const containing = (text: string) => `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`
