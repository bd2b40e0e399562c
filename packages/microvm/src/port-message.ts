/**
 * What a connection to the agent begins with when it shall be one to a port of the machine, in place
 * of a session: a magic number and the port. The agent answers one byte; then it only passes bytes on.
 */
const magic = Buffer.from("\xfe\xff\xff\xffVMPORT1\n", "latin1")
export const portMessageBytes = magic.length + 2

/** the agent's answer when the port accepted the connection; any other byte means that it did not */
export const portOpen = 0
export const portClosed = 1

export function portMessage(port: number): Buffer {
  const message = Buffer.alloc(portMessageBytes)
  magic.copy(message)
  message.writeUInt16BE(port, magic.length)
  return message
}

/** The port that a connection's first bytes ask for; `undefined` when they ask for something else. */
export function portAskedFor(bytes: Buffer): number | undefined {
  const asks = bytes.length >= portMessageBytes && bytes.subarray(0, magic.length).equals(magic)
  return asks ? bytes.readUInt16BE(magic.length) : undefined
}

/** Whether more bytes are needed to know. */
export function mayAskForPort(bytes: Buffer): boolean {
  return (
    bytes.length < portMessageBytes &&
    magic.subarray(0, bytes.length).equals(bytes.subarray(0, magic.length))
  )
}
