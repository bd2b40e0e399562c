/** The key that shortcuts begin with, as the keyboard of this device has it: "⌘" or "Ctrl". */
export function modKeyOf(platform: string): string {
  return /mac|iphone|ipad/i.test(platform) ? "⌘" : "Ctrl"
}
