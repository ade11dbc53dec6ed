//! Files as one archive.
//!
//! Input: paths and bytes. Output: the bytes of a ZIP file. Responsibility: the only module that
//! knows the archive's format; the same files give the same bytes, since no entry has a time or
//! an owner of its machine.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// An archive that is being written.
pub(super) struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
}

/// Whether a file is made smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// It stays as it is.
    Stored,
    /// It is compressed.
    Deflated,
}

/// What cannot happen where the archive grows in memory.
const IN_MEMORY: &str = "memory takes every byte";

impl Archive {
    pub(super) fn new() -> Self {
        Self { writer: ZipWriter::new(Cursor::new(Vec::new())) }
    }

    /// Adds a file; pictures are compressed already and stay as they are.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) {
        self.add_as(path, bytes, packing(path));
    }

    pub(super) fn add_as(&mut self, path: &str, bytes: &[u8], packing: Packing) {
        let method = match packing {
            Packing::Stored => CompressionMethod::Stored,
            Packing::Deflated => CompressionMethod::Deflated,
        };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((packing == Packing::Deflated).then_some(9))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.writer.start_file(path, options).expect(IN_MEMORY);
        self.writer.write_all(bytes).expect(IN_MEMORY);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.finish().expect(IN_MEMORY).into_inner()
    }
}

fn packing(path: &str) -> Packing {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let compressed = ["png", "jpg", "jpeg", "gif", "webp", "avif", "woff", "woff2", "zip", "gz"];
    if compressed.iter().any(|known| extension.eq_ignore_ascii_case(known)) {
        Packing::Stored
    } else {
        Packing::Deflated
    }
}
