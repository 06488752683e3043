/** "0:07", "1:02:30": how long a sound is, and where it stands. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000 + 0.05)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
