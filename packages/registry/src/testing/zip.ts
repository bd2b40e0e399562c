import { crc32 } from "node:zlib"

/** A zip archive of texts by path, the same bytes each time; nothing in it is compressed. */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [path, text] of Object.entries(files)) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)]
    const about = aboutFile(name, content)
    const head = Buffer.concat([uint32(0x04034b50), about, name, content])
    const place = Buffer.alloc(14)
    // The mode of a plain file, as unzipping programs of Unix read it.
    place.writeUInt32LE(0o100644 * 65536, 6)
    place.writeUInt32LE(at, 10)
    directory.push(
      Buffer.concat([uint32(0x02014b50), Buffer.from([20, 3]), about, place.subarray(0, 14), name]),
    )
    parts.push(head)
    at += head.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, listed, uint32(0x06054b50), end])
}

/** Version, flags, method, time, hash, both sizes and lengths: the same in both places of a file. */
function aboutFile(name: Buffer, content: Buffer): Buffer {
  const about = Buffer.alloc(26)
  about.writeUInt16LE(20, 0)
  // The first day that a zip knows.
  about.writeUInt16LE(0x21, 8)
  about.writeUInt32LE(crc32(content), 10)
  about.writeUInt32LE(content.length, 14)
  about.writeUInt32LE(content.length, 18)
  about.writeUInt16LE(name.length, 22)
  return about
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
