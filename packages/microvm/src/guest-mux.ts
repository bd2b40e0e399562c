import {
  dataFrameCost,
  decodeJson,
  encodeFrame,
  encodeJson,
  type Frame,
  frameType,
  ProtocolError,
  payloadMax,
  streamsMax,
  streamWindow,
} from "./guest-protocol.ts"

/** What a stream tells its owner. Data must be granted back when it has been consumed. */
export interface StreamEvents {
  data?(bytes: Buffer, channel: number): void
  end?(): void
  opened?(): void
  result?(value: unknown): void
  fail?(code: string, message: string): void
  /** the stream is over: by result, failure, cancel, or because the session ended */
  closed?(reason: string): void
}

export interface MuxOptions {
  /** must return before anything that it causes is received */
  send(frame: Buffer): void
  /** the guest's side: a request has come */
  onOpen?(stream: MuxStream, request: unknown): void
}

/** frames for streams that are already over are normal in small numbers: they crossed our cancel */
const strayFramesMax = 4096

/** Many streams on one session; the same code on both sides. */
export class Mux {
  readonly #options: MuxOptions
  readonly #streams = new Map<number, MuxStream>()
  #lastId = 0
  #strays = 0
  #over = false

  constructor(options: MuxOptions) {
    this.#options = options
  }

  /** @throws ProtocolError when too many streams are open or the session is over */
  open(request: object, events: StreamEvents): MuxStream {
    if (this.#over) throw new ProtocolError("the session is over")
    if (this.#streams.size >= streamsMax) throw new ProtocolError("too many open streams")
    const stream = this.#add(++this.#lastId)
    stream.events = events
    this.#options.send(encodeJson(stream.id, frameType.open, request))
    return stream
  }

  /** @throws ProtocolError when the other side broke the protocol */
  receive(frame: Frame) {
    if (frame.type === frameType.open) return this.#opened(frame)
    const stream = this.#streams.get(frame.stream)
    if (stream) return stream.receive(frame)
    if (frame.stream === 0 || frame.stream > this.#lastId) {
      throw new ProtocolError(`frame for unknown stream ${frame.stream}`)
    }
    if (++this.#strays > strayFramesMax) throw new ProtocolError("too many stray frames")
  }

  /** Ends the session: every stream is closed with `reason`. */
  close(reason: string): void {
    this.#over = true
    for (const stream of [...this.#streams.values()]) stream.close(reason)
  }

  #opened(frame: Frame): void {
    const { onOpen } = this.#options
    if (!onOpen) throw new ProtocolError("only the host opens streams")
    if (frame.stream <= this.#lastId) throw new ProtocolError("stream numbers must rise")
    if (this.#streams.size >= streamsMax) throw new ProtocolError("too many open streams")
    const request = decodeJson(frame.payload)
    this.#lastId = frame.stream
    onOpen(this.#add(frame.stream), request)
  }

  #add(id: number): MuxStream {
    const stream = new MuxStream(id, this.#options.send, () => this.#streams.delete(id))
    this.#streams.set(id, stream)
    return stream
  }
}

export class MuxStream {
  readonly id: number
  events: StreamEvents = {}
  readonly #send: (frame: Buffer) => void
  readonly #forget: () => void
  #mayReceive = streamWindow
  #maySend = streamWindow
  #waiting: (() => void)[] = []
  #open = true

  constructor(id: number, send: (frame: Buffer) => void, forget: () => void) {
    this.id = id
    this.#send = send
    this.#forget = forget
  }

  get isOpen(): boolean {
    return this.#open
  }

  /** Sends all bytes as credit allows; resolves to false when the stream closed before. */
  async send(bytes: Uint8Array, channel = 0): Promise<boolean> {
    for (let at = 0; at < bytes.length; ) {
      while (this.#open && this.#maySend <= dataFrameCost) await this.#credit()
      if (!this.#open) return false
      const size = Math.min(bytes.length - at, payloadMax - 1, this.#maySend - dataFrameCost)
      const payload = Buffer.allocUnsafe(1 + size)
      payload[0] = channel
      payload.set(bytes.subarray(at, at + size), 1)
      this.#maySend -= size + dataFrameCost
      at += size
      this.#send(encodeFrame(this.id, frameType.data, payload))
    }
    return this.#open
  }

  /** Gives back what `bytes` cost once they are consumed. */
  grant(bytes: Uint8Array): void {
    if (!this.#open) return
    const cost = bytes.length + dataFrameCost
    this.#mayReceive += cost
    const payload = Buffer.alloc(4)
    payload.writeUInt32BE(cost)
    this.#send(encodeFrame(this.id, frameType.credit, payload))
  }

  opened(): void {
    if (this.#open) this.#send(encodeFrame(this.id, frameType.opened, Buffer.alloc(0)))
  }

  end(): void {
    if (this.#open) this.#send(encodeFrame(this.id, frameType.end, Buffer.alloc(0)))
  }

  result(value: unknown): void {
    if (!this.#open) return
    this.#send(encodeJson(this.id, frameType.result, value))
    this.close("result")
  }

  fail(code: string, message: string): void {
    if (!this.#open) return
    this.#send(encodeJson(this.id, frameType.fail, { code, message: message.slice(0, 2000) }))
    this.close("fail")
  }

  cancel(): void {
    if (!this.#open) return
    this.#send(encodeFrame(this.id, frameType.cancel, Buffer.alloc(0)))
    this.close("cancelled")
  }

  close(reason: string): void {
    if (!this.#open) return
    this.#open = false
    this.#forget()
    this.#wake()
    this.events.closed?.(reason)
  }

  receive({ type, payload }: Frame) {
    if (type === frameType.data) return this.#data(payload)
    if (type === frameType.credit) return this.#credited(payload)
    if (type === frameType.end) return this.events.end?.()
    if (type === frameType.opened) return this.events.opened?.()
    if (type === frameType.cancel) return this.close("cancelled")
    if (type === frameType.result) {
      this.events.result?.(decodeJson(payload))
      return this.close("result")
    }
    if (type === frameType.fail) return this.#failed(decodeJson(payload))
    throw new ProtocolError(`unknown frame type ${type}`)
  }

  #data(payload: Buffer): void {
    const bytes = payload.subarray(1)
    this.#mayReceive -= bytes.length + dataFrameCost
    if (bytes.length === 0 || this.#mayReceive < 0) {
      throw new ProtocolError("data without credit")
    }
    if (this.events.data) this.events.data(bytes, payload[0] ?? 0)
    else this.grant(bytes)
  }

  #credited(payload: Buffer): void {
    const more = payload.length === 4 ? payload.readUInt32BE(0) : 0
    this.#maySend += more
    if (more === 0 || this.#maySend > streamWindow) throw new ProtocolError("impossible credit")
    this.#wake()
  }

  #failed(value: unknown): void {
    const { code, message } = Object(value)
    this.events.fail?.(String(code), String(message))
    this.close("fail")
  }

  #credit(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
