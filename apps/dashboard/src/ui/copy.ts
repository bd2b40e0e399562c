/**
 * Puts a text on the clipboard, and answers whether that was done: it is refused without focus, and over
 * plain http on another host than this computer.
 */
export async function copyText(text: string): Promise<boolean> {
  const done = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  )
  return done ?? false
}
