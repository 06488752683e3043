/** Runs in the audio thread: makes frames of what the microphone hears and hands them to the page. */
import { Capture } from './capture.ts'

class CaptureProcessor extends AudioWorkletProcessor {
  private readonly capture = new Capture(sampleRate, (frame, level) =>
    this.port.postMessage({ frame, level }, [frame.buffer]),
  )

  process([input]: Float32Array[][]): boolean {
    const [mono] = input ?? []
    if (mono) this.capture.push(mono)
    return true
  }
}

registerProcessor('call-capture', CaptureProcessor)
