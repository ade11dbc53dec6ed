// Builds the committed scripts into `../static` (or the folder named by OUT); with `--tests` the
// tests into `build/test`.

import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = dirname(dirname(fileURLToPath(import.meta.url)));
const common = { bundle: true, charset: "utf8", legalComments: "none", logLevel: "warning" };

if (process.argv.includes("--tests")) {
  const entryPoints = readdirSync(join(here, "test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: entryPoints.map((name) => join(here, "test", name)),
    outdir: join(here, "build/test"),
    outExtension: { ".js": ".mjs" },
    format: "esm",
    platform: "node",
    sourcemap: "inline",
  });
} else {
  const out = process.env.OUT ?? (existsSync(join(here, "../static")) ? join(here, "../static") : join(here, "static"));
  for (const name of ["roadbook", "progress", "search", "hub", "single", "worker/sw", "near/map", "near/catalogue"]) {
    const entry = join(here, `src/${name}.ts`);
    if (!existsSync(entry)) continue;
    const script = join(out, `${basename(name)}.js`);
    await build({
      ...common,
      entryPoints: [entry],
      outfile: script,
      format: "iife",
      target: ["chrome87", "firefox78", "safari14"],
      // Safari 14 stumbles over one rare form of destructuring that is not used here.
      supported: { destructuring: true },
      minify: true,
      banner: { js: "/* Built from client/src by client/scripts/build.mjs; do not edit. */" },
    });
    const size = gzipSync(readFileSync(script), { level: 9 }).length;
    console.log(`${basename(script)} ${(size / 1024).toFixed(1)} KB gzipped`);
  }
}
