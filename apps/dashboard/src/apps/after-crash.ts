/** The contract's `appRestartsMax` comes with schemas too heavy for this page; a test compares both. */
const restartsMax = 3

/** What happens after a crash of an app that was started again so often. */
export function afterCrash(restarts: number): string {
  return restarts < restartsMax
    ? "It is started again."
    : "It stays down until its machine is restarted or the app is changed."
}
