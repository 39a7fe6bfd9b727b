// Builds one page: `vite build --mode NAME` makes server/static/NAME of src/NAME. Names of files are fixed, so that a
// rebuilt page is the same files, and everything is one script and one sheet: a page fetches nothing else.
import { resolve } from "node:path";
import { defineConfig } from "vite";

/** The policy of these pages (server/pages.py) has no fonts in it: the system's own are used. */
const noFonts = {
  name: "no-fonts",
  enforce: "pre",
  transform: (code, id) => (id.endsWith(".css") ? code.replace(/@font-face\s*\{[^}]*\}/g, "") : null),
};

export default defineConfig(({ mode }) => ({
  root: resolve(import.meta.dirname, "src", mode),
  base: `/static/${mode}/`,
  plugins: [noFonts],
  oxc: { jsx: { runtime: "automatic", importSource: mode === "graphiql" ? "react" : "preact" } },
  resolve: {
    alias: {
      // It writes a style element into the page, which the policy refuses; it only stops the page behind a dialog from
      // scrolling, and these pages do not scroll there.
      "react-style-singleton": resolve(import.meta.dirname, "src/graphiql/no_style_element.ts"),
    },
  },
  build: {
    outDir: resolve(import.meta.dirname, "../static", mode),
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    license: mode !== "partner" && { fileName: "licences.md" }, // that page bundles nothing of others
    rolldownOptions: {
      // "use client" is for servers that render pages; this one sends files.
      onwarn: (warning, tell) => warning.code === "MODULE_LEVEL_DIRECTIVE" || tell(warning),
      output: {
        codeSplitting: false,
        entryFileNames: "page.js",
        assetFileNames: "page[extname]",
      },
    },
  },
}));
