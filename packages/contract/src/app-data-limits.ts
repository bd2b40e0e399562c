/** a search or a count looks at no more rows than these */
export const rowsCountedMax = 100_000
/** of an app's files, so many are listed: the largest */
export const dataFilesMax = 200
