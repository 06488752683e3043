/** Runs in the audio thread: plays what the page hands over from the socket. */
import { Player } from './player.ts'

class PlayerProcessor extends AudioWorkletProcessor {
  private readonly player = new Player(sampleRate)

  constructor() {
    super()
    this.port.onmessage = ({ data }) => {
      if (data === 'restart') this.player.restart()
      else this.player.push(new Uint8Array(data))
    }
  }

  process(_: Float32Array[][], [output]: Float32Array[][]): boolean {
    const [first, ...others] = output ?? []
    if (!first) return true
    this.player.fill(first)
    for (const other of others) other.set(first)
    return true
  }
}

registerProcessor('call-player', PlayerProcessor)
