/** Text that is safe in a page. */
export const escaped = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Paragraphs and headings of our own descriptions, with `code` and **strong** words. */
export function prose(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((block) => {
      const line = words(block.replace(/^## /, "").replaceAll("\n", " "))
      return block.startsWith("## ") ? `<h2>${line}</h2>` : `<p>${line}</p>`
    })
    .join("\n")
}

export const words = (text: string) =>
  escaped(text)
    .replaceAll(/`([^`]+)`/g, "<code>$1</code>")
    .replaceAll(/\*\*([^*]+)\*\*/g, "<strong>$1</strong>")
