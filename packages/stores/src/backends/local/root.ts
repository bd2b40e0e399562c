export const startedByRoot = (): boolean => process.getuid?.() === 0
