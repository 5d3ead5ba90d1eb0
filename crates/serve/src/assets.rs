//! The style and the script, in the binary, under names that change with their bytes: a browser keeps them for ever. Not a folder: only these names are
//! answered.

use std::sync::OnceLock;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use onrecord::evidence::Digest;

use crate::asked::Asked;
use crate::reply::{Problem, packed};

/// The style.
pub const STYLE: &str = include_str!("../assets/room.css");
/// The mark of the window.
const MARK: &str = include_str!("../assets/mark.svg");
/// The script; every page works without it.
const SCRIPT: &str = include_str!("../assets/room.js");

struct Asset {
    name: String,
    kind: &'static str,
    bytes: &'static [u8],
    packed: Option<Vec<u8>>,
}

fn assets() -> &'static [Asset; 3] {
    static ASSETS: OnceLock<[Asset; 3]> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let asset = |text: &'static str, ending: &str, kind: &'static str| {
            let digest = Digest::of_bytes(text.as_bytes()).to_string();
            let name = format!("room-{}.{ending}", digest.get(..12).unwrap_or(&digest));
            Asset { name, kind, bytes: text.as_bytes(), packed: packed(text.as_bytes()) }
        };
        [
            asset(STYLE, "css", "text/css; charset=utf-8"),
            asset(SCRIPT, "js", "text/javascript; charset=utf-8"),
            asset(MARK, "svg", "image/svg+xml"),
        ]
    })
}

/// The address of the style.
pub fn style_href() -> String {
    format!("/assets/{}", assets()[0].name)
}

/// The address of the script.
pub fn script_href() -> String {
    format!("/assets/{}", assets()[1].name)
}

/// The address of the mark of the window.
pub fn mark_href() -> String {
    format!("/assets/{}", assets()[2].name)
}

/// Answers with one of them.
pub async fn asset(request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let asked = Asked::new(&parts);
    let Some(asset) = assets().iter().find(|asset| asset.name == asked.segment(1)) else {
        return Problem::bare(404, "there is no such file");
    };
    let packed = asset.packed.as_ref().filter(|_| asked.takes_gzip);
    let mut response = Response::new(match packed {
        Some(packed) => Body::from(packed.clone()),
        None => Body::from(asset.bytes),
    });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    if packed.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    response
}
