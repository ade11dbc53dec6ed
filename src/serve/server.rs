//! The web server of the preview.
//!
//! Input: requests from this machine. Output: files of the [`Live`] site. Responsibility: the only
//! module that names `axum` and `tokio`, and who may ask: nothing but pages of this server, so
//! that no site in the browser can read the author's drafts through a name that leads here.

use std::net::TcpListener;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::live::{Age, Live};
use crate::text::percent_decode;

/// Where the preview's own addresses begin.
const OWN: &str = "/__roadbook/";
/// What renews a page in the browser.
const SCRIPT: &str = include_str!("live.js");

#[derive(Clone)]
struct Server {
    live: Arc<Live>,
    port: u16,
}

/// Serves on threads of its own until the program ends.
pub(super) fn start(listener: TcpListener, port: u16, live: Arc<Live>) {
    let server = Server { live, port };
    let run = move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async move {
            if listener.set_nonblocking(true).is_err() {
                return;
            }
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            let router = axum::Router::new().fallback(answer).with_state(server);
            let _ = axum::serve(listener, router).await;
        });
    };
    // It must answer while a build keeps every thread of rayon busy.
    #[expect(clippy::disallowed_methods, reason = "a server's thread makes no part of the output")]
    std::thread::spawn(run);
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    if !is_own_page(request.headers(), server.port) {
        return text(StatusCode::FORBIDDEN, "Only pages of this server may ask.\n");
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        return text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
    }
    let path = request.uri().path();
    match path.strip_prefix(OWN) {
        Some("live.js") => file("live.js", SCRIPT.as_bytes(), StatusCode::OK),
        Some("events") => {
            let page = page_of(&server.live, request.uri().query().unwrap_or_default());
            events(&server.live, page).into_response()
        }
        Some("change") => change(&server.live, request.uri().query().unwrap_or_default()).await,
        Some(_) => not_found(&server.live),
        None => page(&server.live, path).await,
    }
}

/// Whether a request names this server and comes from a page of it or from the address bar. A
/// foreign name that leads to this machine (DNS rebinding) has another `Host`.
fn is_own_page(headers: &HeaderMap, port: u16) -> bool {
    let names = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
    let value = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = value(header::HOST).is_some_and(|host| names.iter().any(|name| host == name));
    let origin = !headers.contains_key(header::ORIGIN)
        || value(header::ORIGIN)
            .and_then(|origin| origin.strip_prefix("http://"))
            .is_some_and(|origin| names.iter().any(|name| origin == name));
    host && origin
}

/// A message at once and with each change, to a page that is open until nobody listens any more.
fn events(
    live: &Arc<Live>,
    page: String,
) -> Sse<impl tokio_stream::Stream<Item = Result<Event, std::convert::Infallible>> + use<>> {
    let messages = {
        let live = Arc::clone(live);
        let open = live.opened(page);
        WatchStream::new(live.subscribe()).map(move |_| {
            let _ = &open;
            Ok(Event::default().data(live.status()))
        })
    };
    Sse::new(messages).keep_alive(KeepAlive::default())
}

fn value_of<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// `page=/stages/a/`: the path of that page.
fn page_of(live: &Live, query: &str) -> String {
    let page = value_of(query, "page").and_then(percent_decode);
    page.and_then(|page| path_of(live, &page)).unwrap_or_else(|| "404.html".to_owned())
}

/// `page=/stages/a/&loaded=1&renewed=3`: what that page must renew.
async fn change(live: &Live, query: &str) -> Response {
    let version = |name| value_of(query, name).and_then(|number| number.parse().ok()).unwrap_or(0);
    let age = Age { loaded: version("loaded"), renewed: version("renewed") };
    live.settled(&page_of(live, query)).await;
    // Only now it is known which pages there are.
    let renewal = live.renewal(&page_of(live, query), age).name();
    file("change.json", format!("{{\"renewal\":\"{renewal}\"}}").as_bytes(), StatusCode::OK)
}

async fn page(live: &Live, path: &str) -> Response {
    let Some(decoded) = percent_decode(path) else { return not_found(live) };
    live.settled(&path_of(live, &decoded).unwrap_or_default()).await;
    let Some(name) = path_of(live, &decoded) else { return not_found(live) };
    if name.ends_with("/index.html") && !decoded.ends_with('/') && !decoded.ends_with(&name) {
        // Relative links count from the folder.
        let to = [(header::LOCATION, format!("{path}/"))];
        return (StatusCode::TEMPORARY_REDIRECT, to).into_response();
    }
    match live.file(&name) {
        (Some(bytes), version) => file(&name, &with_script(&name, bytes, version), StatusCode::OK),
        (None, _) => not_found(live),
    }
}

/// The file of the site at an address: `/a/`, `/a` and `/a/index.html` are one. Only names that the
/// site holds are found, so that no address leads out of it.
fn path_of(live: &Live, address: &str) -> Option<String> {
    let name = address.strip_prefix('/')?;
    // In a preview nothing may outlive its file.
    if name == "sw.js" {
        return None;
    }
    let there = |name: &str| live.file(name).0.is_some();
    if name.is_empty() || name.ends_with('/') {
        return Some(format!("{name}index.html")).filter(|name| there(name));
    }
    if there(name) {
        return Some(name.to_owned());
    }
    Some(format!("{name}/index.html")).filter(|name| there(name))
}

fn not_found(live: &Live) -> Response {
    let (bytes, version) = live.file("404.html");
    let Some(bytes) = bytes else {
        let waiting = b"<!DOCTYPE html><title>roadbook</title><main></main></head>";
        return file(
            "404.html",
            &with_script("404.html", waiting.as_slice().into(), version),
            StatusCode::NOT_FOUND,
        );
    };
    file("404.html", &with_script("404.html", bytes, version), StatusCode::NOT_FOUND)
}

/// A page with the script that renews it.
fn with_script(name: &str, bytes: Arc<[u8]>, version: u64) -> Arc<[u8]> {
    let html = std::str::from_utf8(&bytes).ok().filter(|_| name.ends_with(".html"));
    let Some(at) = html.and_then(|html| html.find("</head>")) else { return bytes };
    let script = format!("<script src=\"{OWN}live.js\" data-version=\"{version}\" defer></script>");
    [&bytes[..at], script.as_bytes(), &bytes[at..]].concat().into()
}

fn file(name: &str, bytes: &[u8], status: StatusCode) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type(name)),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, Body::from(bytes.to_vec())).into_response()
}

fn text(status: StatusCode, text: &'static str) -> Response {
    (status, text).into_response()
}

/// What a browser has to know of a file; anything else is only kept.
fn media_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(host: &str, origin: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().expect("a value"));
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().expect("a value"));
        }
        is_own_page(&headers, 3030)
    }

    #[test]
    fn foreign_pages_and_names_get_nothing() {
        assert!(asks("127.0.0.1:3030", None));
        assert!(asks("localhost:3030", Some("http://localhost:3030")));
        assert!(!asks("evil.example:3030", None));
        assert!(!asks("127.0.0.1:3031", None));
        assert!(!asks("127.0.0.1.evil.example:3030", None));
        assert!(!asks("127.0.0.1:3030", Some("http://evil.example")));
        assert!(!asks("127.0.0.1:3030", Some("null")));
        assert!(!asks("127.0.0.1:3030", Some("https://127.0.0.1:3030")));
        assert!(!is_own_page(&HeaderMap::new(), 3030));
    }
}
