// Builds the same pages with Roadbook and with the generators found on the PATH (hugo, zola,
// mdbook), in turn, and prints times, peak memory and ratios; then builds with Roadbook again.
// Roadbook builds twice: with its own theme, and as `like` with templates that write what those of
// the others do, and the search.
//
//     cargo build --release && node benches/peers.mjs [--runs 5] [100 1000 …]
//
// Each gets the generated stages with their levels, its own form of front matter, and templates
// that write a page's title, its body and links to the pages of its level. Code is coloured while
// building where a generator can do that. Linux only: it reads /proc.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const root = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "..");
const roadbook = path.join(root, "target/release/roadbook");
let runs = 5;
let sizes = [];
for (let rest = process.argv.slice(2); rest.length > 0;) {
    const word = rest.shift();
    if (word === "--runs") runs = Number(rest.shift());
    else sizes.push(Number(word));
}
if (sizes.length === 0) sizes = [100, 1000];

function found(name, ...version) {
    try {
        return execFileSync(name, version, { encoding: "utf8" }).split("\n")[0].trim();
    } catch {
        return undefined;
    }
}

function write(file, text) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
}

/** The generated pages: level, name, title and body. */
function pagesOf(curriculum) {
    const content = path.join(curriculum, "content");
    const pages = [];
    for (const level of fs.readdirSync(content).sort()) {
        const folder = path.join(content, level);
        if (!/^\d+-/.test(level)) continue;
        for (const stage of ["", ...fs.readdirSync(folder).sort()]) {
            const file = path.join(folder, stage, "README.md");
            if (!fs.existsSync(file)) continue;
            const [, front, body] = fs.readFileSync(file, "utf8").match(/^---\n(.*?)\n---\n(.*)$/s);
            pages.push({ level, stage, title: front.match(/^title: (.*)$/m)[1], body });
        }
    }
    return pages;
}

/** Gives a curriculum a theme that writes pages like those of the peers. */
function likePeers(folder) {
    const theme = path.join(folder, "themes/like");
    write(path.join(theme, "theme.toml"), `name = "like"\nversion = "1"\nneeds = ["search"]\n`);
    write(path.join(theme, "templates/nav.html"),
        `{% for stage in nav.stages %}<a href="{{ stage.link.url }}">{{ stage.link.title }}</a>{% endfor %}\n`);
    const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ page.title }}</title></head>
<body><nav>{{ level_nav | safe }}</nav>
<main><h1>{{ page.title }}</h1>{{ page.body | safe }}
{%- if page?.stage %}{% for section in page.stage.sections %}<h2>{{ section.heading | safe }}</h2>{{ section.body | safe }}{% endfor %}{% endif -%}
</main></body></html>\n`;
    for (const name of ["home", "level", "stage", "project", "source", "tracking", "page", "glossary", "index", "not-found"]) {
        write(path.join(theme, `templates/${name}.html`), page);
    }
    fs.appendFileSync(path.join(folder, "book.toml"), `\n[theme]\nname = "like"\n`);
}

/** Each generator: how its folder is made from the pages, and how it builds. */
const peers = {
    hugo: {
        version: () => found("hugo", "version"),
        make(folder, pages) {
            write(path.join(folder, "hugo.toml"), `baseURL = "https://example.org/"\ntitle = "Pages"
disableKinds = ["taxonomy", "term", "RSS"]\n[markup.highlight]\nnoClasses = false\n`);
            fs.copyFileSync(path.join(folder, "hugo.toml"), path.join(folder, "config.toml"));
            const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav>{{ range .CurrentSection.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
<main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>\n`;
            for (const name of ["single", "list"]) write(path.join(folder, `layouts/_default/${name}.html`), page);
            write(path.join(folder, "layouts/index.html"), page);
            for (const { level, stage, title, body } of pages) {
                const name = stage === "" ? "_index.md" : `${stage}.md`;
                write(path.join(folder, "content", level, name), `---\ntitle: ${JSON.stringify(title)}\n---\n${body}`);
            }
        },
        build: (folder, out) => ["hugo", ["--quiet", "-s", folder, "-d", out]],
    },
    zola: {
        version: () => found("zola", "--version"),
        make(folder, pages) {
            write(path.join(folder, "config.toml"), `base_url = "https://example.org"\ntitle = "Pages"
build_search_index = true\n[markdown.highlighting]\ntheme = "github-light"\nstyle = "class"\n`);
            const page = (name) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ ${name}.title }}</title></head>
<body>${name === "page" ? `{% set level = get_section(path=page.ancestors | last) %}` : `{% set level = section %}`}
<nav>{% for other in level.pages %}<a href="{{ other.path }}">{{ other.title }}</a>{% endfor %}</nav>
<main><h1>{{ ${name}.title }}</h1>{{ ${name}.content | safe }}</main></body></html>\n`;
            write(path.join(folder, "templates/page.html"), page("page"));
            for (const name of ["section", "index"]) write(path.join(folder, `templates/${name}.html`), page("section"));
            for (const { level, stage, title, body } of pages) {
                const name = stage === "" ? "_index.md" : `${stage}.md`;
                write(path.join(folder, "content", level, name), `+++\ntitle = ${JSON.stringify(title)}\n+++\n${body}`);
            }
        },
        build: (folder, out) => ["zola", ["--root", folder, "build", "--output-dir", out]],
    },
    mdbook: {
        version: () => found("mdbook", "--version"),
        make(folder, pages) {
            write(path.join(folder, "book.toml"), `[book]\ntitle = "Pages"\n`);
            const lines = pages.map(({ level, stage, title }) =>
                `${stage === "" ? "" : "  "}- [${title.replace(/[[\]]/g, "")}](${path.join(level, stage, "README.md")})`);
            write(path.join(folder, "src/SUMMARY.md"), `# Summary\n\n${lines.join("\n")}\n`);
            for (const { level, stage, title, body } of pages) {
                write(path.join(folder, "src", level, stage, "README.md"), `# ${title}\n\n${body}`);
            }
        },
        build: (folder, out) => ["mdbook", ["build", folder, "-d", out]],
    },
};

/** What all children that have ended have computed, in seconds. */
function computed() {
    const fields = fs.readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
    return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** Runs a command: seconds by the clock, seconds computed, peak memory in MB. */
async function measure(command, words) {
    const before = computed();
    const start = performance.now();
    const child = spawn(command, words, { stdio: ["ignore", "ignore", "pipe"] });
    let peak = 0;
    let complaint = "";
    child.stderr.on("data", (text) => { complaint += text; });
    const look = setInterval(() => {
        try {
            const status = fs.readFileSync(`/proc/${child.pid}/status`, "utf8");
            peak = Math.max(peak, Number(status.match(/VmHWM:\s+(\d+)/)?.[1] ?? 0) / 1024);
        } catch { /* It has just ended. */ }
    }, 20);
    const code = await new Promise((resolve) => child.on("close", resolve));
    clearInterval(look);
    if (code !== 0) throw new Error(`${command} ended with ${code}: ${complaint.slice(0, 500)}`);
    return { wall: (performance.now() - start) / 1000, cpu: computed() - before, peak };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const versions = { roadbook: found(roadbook, "--version") };
if (versions.roadbook === undefined) throw new Error("there is no target/release/roadbook: cargo build --release");
for (const [name, peer] of Object.entries(peers)) {
    const version = peer.version();
    if (version === undefined) console.log(`${name} is not on the PATH`);
    else versions[name] = version;
}
console.log(Object.entries(versions).map(([name, version]) => `${name}: ${version}`).join("\n"));
console.log(`${os.cpus().length} × ${os.cpus()[0].model}, load ${os.loadavg()[0].toFixed(1)}`);

// Files in memory that nobody removes make each run ask the machine for more of it. On a disk the removal
// would slow the next run down: ext4 leaves freed numbers alone for a while.
const inMemory = os.tmpdir().startsWith("/dev/shm");
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), "roadbook-peers-"));
try {
    for (const size of sizes) {
        const source = path.join(temporary, `${size}/roadbook`);
        execFileSync("cargo", ["bench", "-q", "--bench", "cold", "--", "--write", source, String(size)], { cwd: root });
        const pages = pagesOf(source);
        const like = path.join(temporary, `${size}/like`);
        fs.cpSync(source, like, { recursive: true });
        likePeers(like);
        const cold = (folder) => (out) => {
            fs.rmSync(path.join(folder, "progress.lock"), { force: true });
            return [roadbook, ["build", folder, "--no-cache", "--out", out]];
        };
        const jobs = { roadbook: cold(source), like: cold(like) };
        for (const name of Object.keys(versions).filter((name) => name in peers)) {
            const folder = path.join(temporary, `${size}/${name}`);
            peers[name].make(folder, pages);
            jobs[name] = (out) => peers[name].build(folder, out);
        }
        const results = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
        // One run more than counts: the first finds the disk's cache cold.
        for (let run = 0; run <= runs; run++) {
            for (const [name, job] of Object.entries(jobs)) {
                const out = path.join(temporary, `out-${size}-${name}-${run}`);
                const result = await measure(...job(out));
                if (run > 0) results[name].push(result);
                if (inMemory) fs.rmSync(out, { recursive: true });
            }
        }
        // Once more where nothing has changed, as an author's or a workflow's second build does: two
        // builds write the lock and fill the cache.
        const again = ["build", source, "--cache", path.join(temporary, "cache"), "--out", path.join(temporary, `out-${size}-again`)];
        results["no change"] = [];
        for (let run = -2; run < runs; run++) {
            const result = await measure(roadbook, again);
            if (run >= 0) results["no change"].push(result);
        }
        console.log(`\n${size} stages, ${pages.length} pages, medians of ${runs} cold builds in turn`);
        console.log("               wall s    cpu s  peak MB   roadbook : it, wall    cpu     like : it, wall    cpu");
        for (const [name, all] of Object.entries(results)) {
            const of = (key) => median(all.map((result) => result[key]));
            // Ratios are taken pair by pair, so that a machine that changes its speed matters less.
            const ratio = (own, key) => median(all.map((result, at) => results[own][at][key] / result[key])).toFixed(2);
            console.log([
                name.padStart(10), of("wall").toFixed(2).padStart(10), of("cpu").toFixed(2).padStart(8),
                of("peak").toFixed(0).padStart(8),
                ratio("roadbook", "wall").padStart(20), ratio("roadbook", "cpu").padStart(8),
                ratio("like", "wall").padStart(18), ratio("like", "cpu").padStart(8),
            ].join(" "));
        }
    }
} finally {
    fs.rmSync(temporary, { recursive: true, force: true });
}
