//! Builds the program anew when a file comes to what it embeds.

fn main() {
    println!("cargo::rerun-if-changed=themes");
    println!("cargo::rerun-if-changed=content");
}
