//! Code blocks, no two of them equal.
//!
//! Input: a number, a name and a sequence of random numbers. Output: a language and about 300
//! bytes of code in it. Responsibility: lines that a grammar has to work for.

use super::words::Random;

/// The language of the block with this number, and its code, which ends with a line break.
#[expect(clippy::many_single_char_names, reason = "placeholders of templates below")]
pub(crate) fn block(number: usize, name: &str, random: &mut Random) -> (&'static str, String) {
    let lower = name.to_ascii_lowercase();
    let [a, b, c] = [random.noun(), random.noun(), random.noun()];
    let [x, y, z] = [random.below(10_000), random.below(10_000), random.below(10_000)];
    match number % 8 {
        0 => (
            "bash",
            format!(
                "#!/usr/bin/env bash\n\
                 # Counts the {a} of {name}.\n\
                 set -euo pipefail\n\
                 readonly {b}=\"${{1:-/var/lib/{lower}/{a}}}\"\n\
                 for {c} in \"${b}\"/*.log; do\n\
                 \x20 if [[ -s \"${c}\" && $(wc -l < \"${c}\") -gt {x} ]]; then\n\
                 \x20   grep -E '{b}=[0-9]+' \"${c}\" | sort -rn | head -n {y} > \"{c}-{z}.txt\"\n\
                 \x20 fi\n\
                 done\n"
            ),
        ),
        1 => (
            "python",
            format!(
                "from dataclasses import dataclass\n\n\n\
                 @dataclass(frozen=True)\n\
                 class {name}:\n\
                 \x20   \"\"\"The {a} of {name}.\"\"\"\n\
                 \x20   {a}: int = {x}\n\
                 \x20   {b}_{c}: str = \"{b}-{y}\"\n\n\
                 \x20   def {c}(self, limit: int = {z}) -> list[str]:\n\
                 \x20       # The first {b} wins.\n\
                 \x20       return [f\"{{self.{b}_{c}}}:{{n}}\" for n in range(limit) if n % 2 == 0]\n"
            ),
        ),
        2 => (
            "sql",
            format!(
                "-- The {a} of {name}, newest first.\n\
                 WITH recent AS (\n\
                 \x20 SELECT {a}_id, count(*) AS {b}s, max(created_at) AS last_{c}\n\
                 \x20 FROM {lower}_{b}\n\
                 \x20 WHERE {c}_size > {x} AND kind IN ('{a}', '{b}-{y}')\n\
                 \x20 GROUP BY {a}_id\n\
                 )\n\
                 SELECT r.*, {c}.name FROM recent r\n\
                 LEFT JOIN {lower}_{c} {c} USING ({a}_id)\n\
                 ORDER BY last_{c} DESC LIMIT {z};\n"
            ),
        ),
        3 => (
            "yaml",
            format!(
                "# How {name} runs.\n\
                 apiVersion: apps/v1\n\
                 kind: Deployment\n\
                 metadata:\n\
                 \x20 name: {lower}-{a}\n\
                 \x20 labels: {{ app: {lower}, tier: \"{b}\" }}\n\
                 spec:\n\
                 \x20 replicas: {x}\n\
                 \x20 template:\n\
                 \x20   spec:\n\
                 \x20     containers:\n\
                 \x20       - name: {c}\n\
                 \x20         image: \"registry.example/{lower}/{c}:{y}\"\n\
                 \x20         args: [--{b}, \"{z}\", --verbose=true]\n"
            ),
        ),
        4 => (
            "dockerfile",
            format!(
                "# The image of {name}.\n\
                 FROM python:3.{x}-slim AS {a}\n\
                 WORKDIR /srv/{lower}\n\
                 COPY requirements.txt ./{b}.txt\n\
                 RUN pip install --no-cache-dir -r {b}.txt && rm -rf /tmp/{c}\n\
                 ENV {upper}_PORT={y} \\\n\
                 \x20   {upper}_{c_upper}=\"{c}-{z}\"\n\
                 USER {lower}\n\
                 EXPOSE {y}\n\
                 CMD [\"python\", \"-m\", \"{lower}.{a}\", \"--{c}\"]\n",
                upper = lower.to_ascii_uppercase(),
                c_upper = c.to_ascii_uppercase(),
            ),
        ),
        5 => (
            "json",
            format!(
                "{{\n\
                 \x20 \"name\": \"{lower}\",\n\
                 \x20 \"{a}\": {{ \"size\": {x}, \"enabled\": true, \"owner\": null }},\n\
                 \x20 \"{b}\": [\n\
                 \x20   {{ \"id\": {y}, \"path\": \"/var/{lower}/{c}\" }},\n\
                 \x20   {{ \"id\": {z}, \"path\": \"C:\\\\{lower}\\\\{b}\" }}\n\
                 \x20 ],\n\
                 \x20 \"ratio\": {x}.{y}e-3,\n\
                 \x20 \"note\": \"the {c} of {name} is \\\"{a}\\\" and never \\u00e9mpty\"\n\
                 }}\n"
            ),
        ),
        6 => (
            "toml",
            format!(
                "# The settings of {name}.\n\
                 title = \"{lower} {a}\"\n\
                 released = 2024-05-17T08:{minute:02}:00Z\n\n\
                 [{lower}.{b}]\n\
                 size = {x}\n\
                 ratio = {y}.{z}\n\
                 {c} = [\"{a}\", \"{b}\", '{c}\\raw']\n\
                 enabled = true\n\n\
                 [[{lower}.workers]]\n\
                 name = \"{c}-{z}\"\n\
                 limits = {{ memory = \"{x}M\", {a} = {y} }}\n",
                minute = x % 60,
            ),
        ),
        _ => (
            "typescript",
            format!(
                "// The {a} of {name}.\n\
                 export interface {name}Options {{\n\
                 \x20 readonly {a}: number;\n\
                 \x20 {b}?: string | null;\n\
                 }}\n\n\
                 export async function {c}{name}(options: {name}Options): Promise<string[]> {{\n\
                 \x20 const found = await fetch(`/{lower}/${{options.{a}}}?limit={x}`);\n\
                 \x20 if (!found.ok) throw new Error(\"{b} {y}\");\n\
                 \x20 return (await found.json()).slice(0, {z});\n\
                 }}\n"
            ),
        ),
    }
}
