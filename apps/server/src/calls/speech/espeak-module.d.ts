/** What is used of the synthesizer's package, which brings no types of its own. */
declare module '@echogarden/espeak-ng-emscripten' {
  export interface Worker {
    /** 0: there is such a voice. */
    set_voice(name: string): number
    /** Words a minute. */
    set_rate(rate: number): void
    get_samplerate(): number
    /** Pieces of 16 bit sound as they come; true stops. */
    synthesize(text: string, take: (sound: Int16Array | null) => boolean): void
  }
  export default function open(): Promise<{ eSpeakNGWorker: new () => Worker }>
}
