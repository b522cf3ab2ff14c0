// Builds static/look/dist: main.css, main.js and the fonts. Run: node motcua/look/frontend/build.mjs
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../../../node_modules");
const dist = join(here, "../static/look/dist");

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, "fonts"), { recursive: true });

for (const subset of ["latin", "vietnamese"])
  for (const weight of [400, 600, 700]) {
    const name = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    cpSync(join(modules, "@fontsource/be-vietnam-pro/files", name), join(dist, "fonts", name));
  }
cpSync(join(modules, "@fontsource/be-vietnam-pro/LICENSE"), join(dist, "fonts/LICENSE"));

const { css } = sass.compile(join(here, "main.scss"), {
  loadPaths: [modules],
  style: "compressed",
  quietDeps: true,
});
writeFileSync(join(dist, "main.css"), css);

await esbuild.build({
  entryPoints: [join(here, "main.js")],
  outfile: join(dist, "main.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "linked",
  logLevel: "warning",
});
