// Builds static/dist from this folder. The output is committed: running Entraide needs neither node nor npm.
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const OUT = "../static/dist";
const LICENCE_FILES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "LICENSE-MIT.txt"];

async function firstOf(folder, names) {
  for (const name of names) {
    try {
      return await readFile(join(folder, name), "utf8");
    } catch {
      // The next name may be the one.
    }
  }
  return "";
}

async function licences(inputs) {
  const folders = new Set();
  for (const path of inputs) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (folder) folders.add(folder);
  }
  const parts = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const text = await firstOf(folder, LICENCE_FILES);
    parts.push(`${name} ${version} (${license})\n\n${text.trim()}`.trim());
  }
  return `${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}

process.chdir(dirname(new URL(import.meta.url).pathname));
await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { app: "app.js", editor: "editor/index.js", entraide: "../static/css/entraide.css" },
  outdir: OUT,
  bundle: true,
  // One sheet in place of forty: fonts stay where they are, at the same depth.
  external: ["*.woff2"],
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  alias: { entities: "./editor/entities.js" },
  metafile: true,
  logLevel: "info",
});
await writeFile(`${OUT}/LICENSES.txt`, await licences(Object.keys(metafile.inputs)));
