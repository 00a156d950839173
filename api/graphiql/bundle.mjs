// Bundles the explorer: `node bundle.mjs <output>`. Every name carries a hash of its content, so that a browser may
// keep a file forever; manifest.json says which one the page starts with.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";

const WORKERS = {
  editorWorkerService: "monaco-editor/esm/vs/editor/editor.worker.js",
  json: "monaco-editor/esm/vs/language/json/json.worker.js",
  graphql: "monaco-graphql/esm/graphql.worker.js",
};

const output = process.argv[2];
const { resolve } = createRequire(import.meta.url);
const styles = {
  name: "styles",
  setup({ onLoad }) {
    // GraphiQL's own sheet repeats Monaco's.
    onLoad({ filter: /monaco-editor.*\.css$/ }, () => ({ contents: "", loader: "empty" }));
    // Fonts become files: the page's policy lets them come from nowhere else.
    onLoad({ filter: /\.css$/ }, ({ path }) => {
      const inlined = /url\((["']?)data:font\/(ttf|woff2?)[^,]*;base64,([^)"']+)\1\)/g;
      const contents = readFileSync(path, "utf8").replace(inlined, (_all, _quote, kind, text) => {
        const bytes = Buffer.from(text, "base64");
        const font = `font-${createHash("sha256").update(bytes).digest("hex").slice(0, 8)}.${kind}`;
        writeFileSync(join(output, font), bytes);
        return `url("./${font}")`;
      });
      return { contents, loader: "css" };
    });
  },
};
const common = {
  bundle: true,
  define: { "process.env.NODE_ENV": '"production"' },
  entryNames: "[name]-[hash]",
  external: ["./font-*"],
  logLevel: "warning",
  metafile: true,
  minify: true,
  outdir: output,
  target: "es2022",
};

const builtFrom = (result, entry) =>
  Object.entries(result.metafile.outputs).find(([, made]) => made.entryPoint?.endsWith(entry));

mkdirSync(output, { recursive: true });
const workers = await build({
  ...common,
  entryPoints: Object.values(WORKERS).map((path) => resolve(path)),
  format: "iife",
});
const workerNames = Object.fromEntries(
  Object.entries(WORKERS).map(([label, path]) => [label, basename(builtFrom(workers, path)[0])]),
);
const page = await build({
  ...common,
  // By their old names, Prettier's parsers are scripts whose exports a bundle does not see.
  alias: { "prettier/parser-graphql": "prettier/plugins/graphql", "prettier/parser-babel": "prettier/plugins/babel" },
  chunkNames: "[name]-[hash]",
  define: { ...common.define, WORKERS: JSON.stringify(workerNames) },
  entryPoints: ["explorer.jsx"],
  format: "esm",
  jsx: "automatic",
  keepNames: true, // icons are titled by the names of their functions
  loader: { ".graphql": "text" },
  plugins: [styles],
  splitting: true,
});
const [script, { cssBundle }] = builtFrom(page, "explorer.jsx");

const files = readdirSync(output).sort();
for (const file of files.filter((name) => /\.(js|css)$/.test(name))) {
  writeFileSync(join(output, `${file}.gz`), gzipSync(readFileSync(join(output, file)), { level: 9 }));
}
writeFileSync(
  join(output, "manifest.json"),
  JSON.stringify({ script: basename(script), style: basename(cssBundle), files }),
);
