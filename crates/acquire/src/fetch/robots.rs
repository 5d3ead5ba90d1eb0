//! What a robots.txt allows (RFC 9309), with crawl-delay and sitemaps. Not its fetching.
//!
//! An own reader of 120 lines: the crates for it are years old and bring two generations of parsers along.

use std::time::Duration;

/// The rules of one robots.txt for one program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Robots {
    /// Pattern, and whether it allows.
    rules: Vec<(String, bool)>,
    delay: Option<Duration>,
    sitemaps: Vec<String>,
}

impl Robots {
    /// Bytes that are read of a robots.txt: RFC 9309, section 2.5, asks for at least 500 KiB.
    pub const MAX_BYTES: usize = 512 << 10;

    /// Reads the groups for `agent`, or those for `*` where none is.
    ///
    /// ```
    /// use onrecord_acquire::fetch::Robots;
    /// let robots = Robots::parse(b"User-agent: *\nDisallow: /drafts\nAllow: /drafts/open\nCrawl-delay: 5", "onrecord");
    /// assert!(!robots.allows("/drafts/call"));
    /// assert!(robots.allows("/drafts/open/call"));
    /// ```
    pub fn parse(bytes: &[u8], agent: &str) -> Self {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(Self::MAX_BYTES)]);
        let text = text.trim_start_matches('\u{FEFF}');
        let (mut ours, mut everyone) = (Self::default(), Self::default());
        let (mut is_ours, mut is_everyone, mut is_named) = (false, false, false);
        let mut in_agents = false;
        let mut sitemaps = Vec::new();
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_agents {
                    (is_ours, is_everyone) = (false, false);
                }
                in_agents = true;
                is_ours |= names(value, agent);
                is_everyone |= value == "*";
                is_named |= names(value, agent);
                continue;
            }
            if key == "sitemap" {
                sitemaps.push(value.to_owned());
                continue;
            }
            in_agents = false;
            for (_, robots) in [(is_ours, &mut ours), (is_everyone, &mut everyone)].into_iter().filter(|(is, _)| *is) {
                robots.take(&key, value);
            }
        }
        Self { sitemaps, ..if is_named { ours } else { everyone } }
    }

    /// Rules that forbid everything: for a server that fails when it is asked for them (RFC 9309, section 2.3.1.4).
    pub fn forbidding() -> Self {
        Self { rules: vec![("/".to_owned(), false)], ..Self::default() }
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if value.starts_with(['/', '*']) => {
                self.rules.push((value.to_owned(), key == "allow"))
            }
            "crawl-delay" => {
                let seconds = value.parse::<f64>().ok().filter(|seconds| seconds.is_finite() && *seconds >= 0.0);
                self.delay = seconds.map(|seconds| Duration::from_secs_f64(seconds.min(86_400.0))).or(self.delay);
            }
            _ => {}
        }
    }

    /// Whether a path, with its query, may be fetched: the longest rule that matches decides, and of two that are equally long the one that allows.
    pub fn allows(&self, path: &str) -> bool {
        if path == "/robots.txt" {
            return true;
        }
        let path = plain(path);
        let matching = self.rules.iter().filter(|(pattern, _)| matches(&plain(pattern), &path));
        matching.max_by_key(|(pattern, allows)| (pattern.len(), *allows)).is_none_or(|(_, allows)| *allows)
    }

    /// Whether the page at an address may be fetched.
    pub fn allows_address(&self, address: &str) -> bool {
        let path = address.split_once("://").and_then(|(_, rest)| rest.find(['/', '?']).map(|at| &rest[at..]));
        self.allows(path.unwrap_or("/"))
    }

    /// How long to wait between two pages.
    pub const fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// The sitemaps that it names.
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }
}

/// Whether a `User-agent` line names `agent`: its product token, whatever the case and the version.
fn names(value: &str, agent: &str) -> bool {
    let end = value
        .find(|letter: char| !(letter.is_ascii_alphabetic() || matches!(letter, '-' | '_')))
        .unwrap_or(value.len());
    end > 0 && value[..end].eq_ignore_ascii_case(agent)
}

/// Escapes of letters that need none undone, the others in upper case, letters beyond ASCII escaped: two ways to write one path are one.
fn plain(path: &str) -> Vec<u8> {
    let bytes = path.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = path
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let (byte, len) = escaped.map_or((bytes[at], 1), |byte| (byte, 3));
        let needs_none = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if (escaped.is_some() && !needs_none) || !byte.is_ascii() {
            plain.extend_from_slice(format!("%{byte:02X}").as_bytes());
        } else {
            plain.push(byte);
        }
        at += len;
    }
    plain
}

/// Whether `pattern` matches the beginning of `path`; `*` stands for anything, `$` at the end for the end. Linear in pattern times path at worst.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, is_whole) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|byte| *byte == b'*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let parts: Vec<&[u8]> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return !is_whole || rest.is_empty() };
    for part in middle {
        match find(rest, part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    if is_whole { rest.ends_with(last) } else { find(rest, last).is_some() }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    if part.is_empty() {
        return Some(0);
    }
    bytes.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rule_decides() {
        let check = |robots: &str, path: &str, expect: bool| {
            assert_eq!(Robots::parse(robots.as_bytes(), "onrecord").allows(path), expect, "{robots:?} {path}");
        };
        check("", "/a", true);
        check("User-agent: *\nDisallow: /", "/a", false);
        check("User-agent: *\nDisallow:", "/a", true);
        check("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true);
        check("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", false);
        check("User-agent: *\nAllow: /a\nDisallow: /a", "/a", true);
        check("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false);
        check("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true);
        check("User-agent: *\nDisallow: *session*id", "/a?session=1&id=2", false);
        check("User-agent: *\nDisallow: /caf%C3%A9", "/café", false);
        check("User-agent: *\nDisallow: /%7euser", "/~user/x", false);
        check("User-agent: *\nDisallow: /robots", "/robots.txt", true);
        // Groups: ours stands above everyone's; two of ours are one; several names share a group.
        check("User-agent: *\nDisallow: /\n\nUser-agent: OnRecord/2.0\nDisallow: /x", "/a", true);
        check(
            "User-agent: onrecord\nDisallow: /a\nUser-agent: other\nDisallow: /c\nUser-agent: onrecord\nDisallow: /b",
            "/b",
            false,
        );
        check("User-agent: other\nUser-agent: onrecord\nDisallow: /a", "/a", false);
        check("User-agent: onrecordbot\nDisallow: /", "/a", true);
        check("\u{FEFF}user-AGENT : * # all\r\nDISALLOW : /a # not this\r\nnonsense", "/a", false);
        check("Disallow: /", "/a", true);
    }

    #[test]
    fn addresses_delays_and_sitemaps() {
        let robots = Robots::parse(
            b"Sitemap: https://post.example/news.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /?q",
            "onrecord",
        );
        assert_eq!(robots.delay(), Some(Duration::from_millis(2500)));
        assert_eq!(robots.sitemaps(), ["https://post.example/news.xml"]);
        assert!(robots.allows_address("https://post.example"));
        assert!(!robots.allows_address("https://post.example/?q=call"));
        assert!(!Robots::forbidding().allows_address("https://post.example/a"));
        for delay in ["-1", "NaN", "inf", "soon", "1e400"] {
            assert_eq!(
                Robots::parse(format!("User-agent: *\nCrawl-delay: {delay}").as_bytes(), "onrecord").delay(),
                None,
                "{delay}"
            );
        }
    }

    #[test]
    fn hostile_rules_take_no_time() {
        let stars = format!("User-agent: *\nDisallow: /{}x", "*a".repeat(2000));
        let robots = Robots::parse(stars.as_bytes(), "onrecord");
        assert!(robots.allows(&format!("/{}", "a".repeat(8000))));
        let many = "Disallow: /x\n".repeat(1 << 20);
        assert!(Robots::parse(format!("User-agent: *\n{many}").as_bytes(), "onrecord").rules.len() < Robots::MAX_BYTES);
    }
}
