/** An archive of texts by path, the same bytes each time; what begins with `->` is a link. */
export const tarFile = (files: Readonly<Record<string, string>>): Buffer =>
  Buffer.concat([
    ...Object.entries(files).map(([path, text]) => entryOf(path, text)),
    Buffer.alloc(1024),
  ])

function entryOf(path: string, text: string): Buffer {
  const link = text.startsWith("->") ? text.slice(2) : undefined
  const content = Buffer.from(link === undefined ? text : "")
  const header = Buffer.alloc(512)
  header.write(path, 0, 100)
  header.write("0000755\0", 100)
  header.write("0000000\0", 108)
  header.write("0000000\0", 116)
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124)
  header.write("00000000000\0", 136)
  header.write(`        ${link === undefined ? "0" : "2"}${link ?? ""}`, 148)
  header.write("ustar\x0000", 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}
