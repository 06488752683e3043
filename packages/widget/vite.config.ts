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

/** Vite loads lazy parts by way of a function that finds their styles first. Ours have none: 600 bytes for nothing. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load()' : null),
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/widget/',
  publicDir: false,
  plugins: [plainImports, wrapLoader],
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
      // What a lazy part of the app needs of it is exported by the app: a third file for it would be one more to wait for.
      preserveEntrySignatures: 'allow-extension',
      output: {
        entryFileNames: ({ name }) => (name === 'loader' ? LOADER : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
    },
  },
})
