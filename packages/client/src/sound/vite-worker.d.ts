/** What Vite makes of a script that runs beside the page: its address. */
declare module '*?worker&url' {
  const url: string
  export default url
}
