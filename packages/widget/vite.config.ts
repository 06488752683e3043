/** Builds the widget: `dist/widget.js`, the script on customers' pages, and the app that it opens in a frame. */
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url))
const LOADER = 'widget.js'

/** The loader is a classic script: nothing of it may become a global of the page. It must stand alone, too. */
const wrapLoader: Plugin = {
  name: 'wrap-loader',
  generateBundle(_, bundle) {
    const loader = bundle[LOADER]
    if (loader?.type !== 'chunk') this.error('the loader was not built')
    if (loader.imports.length > 0) this.error(`the loader must stand alone, but it imports ${loader.imports}`)
    const tracker = Object.values(bundle).find((file) => file.type === 'chunk' && file.name === 'tracker')
    if (tracker?.type !== 'chunk' || tracker.imports.length > 0) this.error('the tracker must stand alone')
    loader.code = `(()=>{${loader.code.trim()}})();\n`
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/widget/',
  publicDir: false,
  plugins: [wrapLoader],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    cssMinify: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { loader: source('loader/loader.ts'), app: source('app/main.tsx'), tracker: source('tracker/tracker.ts') },
      preserveEntrySignatures: 'strict',
      output: {
        entryFileNames: ({ name }) => (name === 'loader' ? LOADER : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
})
