/** "reading-list.preview.localhost:3000" of a preview's address */
export function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, "").replace(/\/.*$/, "")
}
