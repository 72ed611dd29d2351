import { gzipSync } from "node:zlib";
import { type Plugin, defineConfig } from "vite";

/** Below this a file is sent as it is. */
const worthPackingBytes = 1_024;

/** Beside each file its packed form, so that the server packs nothing while it serves. */
function packFiles(): Plugin {
  return {
    name: "valet-pack-files",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const source = file.type === "chunk" ? file.code : file.source;
          if (source.length < worthPackingBytes) continue;
          this.emitFile({
            type: "asset",
            fileName: `${file.fileName}.gz`,
            source: gzipSync(source, { level: 9 }),
          });
        }
      },
    },
  };
}

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  build: {
    target: "es2024",
    // The content policy allows files of ours and nothing that stands in the page.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  plugins: [packFiles()],
});
