//! The names that authors write after a fence, and the grammar each stands for.
//!
//! Input: nothing. Output: [`LANGUAGES`] and the [`opening`] of some. Responsibility: one place that
//! says which languages a curriculum may name.

/// `(names, grammar)`: the names in lower case, the preferred one first, and the grammar's own
/// name. Languages with an empty grammar are known but stay without colours.
pub(super) const LANGUAGES: &[(&str, &str)] = &[
    // Text that is not code, and languages for which there is no grammar.
    ("text txt plain plaintext none output", ""),
    ("console shell-session terminal session", ""),
    ("ascii tree csv tsv log", ""),
    (
        "cypher promql logql kql redis mermaid plantuml thrift avdl ebnf bnf gherkin caddyfile caddy",
        "",
    ),
    // Languages whose grammars never return from some input.
    ("scala sc sbt", ""),
    ("svelte", ""),
    // What a backend curriculum is made of.
    ("bash sh shell zsh ksh", "Bourne Again Shell (bash)"),
    ("python py python3 pyi", "Python"),
    ("sql postgresql postgres psql plpgsql pgsql mysql mariadb sqlite tsql plsql", "SQL"),
    ("yaml yml compose ansible kubernetes k8s openapi", "YAML"),
    ("json jsonc json5 jsonl ndjson geojson avro", "JSON"),
    ("toml", "TOML"),
    ("dockerfile docker containerfile", "Dockerfile (with bash)"),
    ("nginx", "nginx"),
    ("protobuf proto proto3 grpc", "Protocol Buffer"),
    ("textproto pbtxt", "Protocol Buffer (TEXT)"),
    ("hcl terraform tf tfvars opentofu", "Terraform"),
    ("http rest", "HTTP Request and Response"),
    ("diff patch", "Diff"),
    ("ini cfg conf systemd service unit editorconfig", "INI"),
    ("env dotenv", "DotENV"),
    ("properties java-properties", "Java Properties"),
    ("makefile make mk", "Makefile"),
    ("markdown md", "Markdown"),
    ("graphql gql", "GraphQL"),
    ("xml xsd xsl xslt svg pom wsdl rss", "XML"),
    ("html htm xhtml", "HTML"),
    ("css", "CSS"),
    ("scss", "SCSS"),
    ("less", "Less"),
    ("javascript js mjs cjs jsx node nodejs mongodb mongosh", "JavaScript (Babel)"),
    ("typescript ts mts cts", "TypeScript"),
    ("tsx", "TypeScriptReact"),
    ("vue", "Vue Component"),
    ("jinja jinja2 j2 django", "HTML (Jinja2)"),
    ("regex regexp re", "Regular Expression"),
    ("crontab cron", "Crontab"),
    ("requirements pip", "Requirements.txt"),
    ("gitignore dockerignore", "Git Ignore"),
    ("gitconfig", "Git Config"),
    ("ssh-config sshconfig ssh_config", "SSH Config"),
    ("sshd-config sshd_config", "SSHD Config"),
    ("hosts", "Hosts File"),
    ("fstab", "fstab"),
    ("jq", "JQ"),
    ("rego opa", "Rego"),
    ("dot graphviz gv", "Graphviz (DOT)"),
    ("cmake", "CMake"),
    ("awk gawk", "AWK"),
    ("powershell pwsh ps1", "PowerShell"),
    ("batch bat cmd", "Batch File"),
    // Programming languages.
    ("go golang", "Go"),
    ("gomod go.mod", "Gomod"),
    ("rust rs", "Rust"),
    ("java", "Java"),
    ("kotlin kt kts", "Kotlin"),
    ("groovy gradle jenkinsfile", "Groovy"),
    ("clojure clj edn", "Clojure"),
    ("c h", "C"),
    ("cpp c++ cc cxx hpp", "C++"),
    ("csharp cs c# dotnet", "C#"),
    ("fsharp fs f#", "F#"),
    ("swift", "Swift"),
    ("dart", "Dart"),
    ("php", "PHP"),
    ("ruby rb", "Ruby"),
    ("perl pl", "Perl"),
    ("lua", "Lua"),
    ("elixir ex exs", "Elixir"),
    ("erlang erl", "Erlang"),
    ("haskell hs", "Haskell"),
    ("ocaml ml", "OCaml"),
    ("r", "R"),
    ("zig", "Zig"),
    ("latex tex", "LaTeX"),
    ("rst restructuredtext", "reStructuredText"),
    ("asciidoc adoc", "AsciiDoc (Asciidoctor)"),
];

/// The line that a grammar wants to see before it believes that a block is in its language, if
/// the block is only a part of such a file.
pub(super) fn opening(grammar: &str, code: &str) -> Option<&'static str> {
    let line = match grammar {
        "Dockerfile (with bash)" => "FROM scratch\n",
        "PHP" => "<?php\n",
        _ => return None,
    };
    (!code.contains(line.trim_end())).then_some(line)
}
